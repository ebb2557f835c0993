package io.sparkcluster.program;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.reflect.TypeToken;
import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.deployment.Deployment;
import com.pulumi.docker.Provider;
import com.pulumi.docker.ProviderArgs;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.ComponentResourceOptions;
import io.sparkcluster.SparkCluster;
import io.sparkcluster.SparkClusterArgs;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.docker.DockerPlatform;
import io.sparkcluster.platform.docker.DockerPreflight;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The program that {@code pulumi up} runs: one cluster, as its stack's configuration describes it. */
public final class Main {

    private static final String NAME = "spark";

    /** All keys and values of the stack as JSON; the SDK offers no way to list keys, without which typos pass unseen. */
    private static final String CONFIGURATION = "PULUMI_CONFIG";

    private static final String CA_CERTIFICATES = "SPARK_CLUSTER_CA_CERTIFICATES";

    private Main() {}

    /** Runs the program under the Pulumi engine. */
    public static void main(String[] args) {
        Pulumi.run(context -> {
            try {
                cluster(context, System.getenv());
            } catch (InvalidClusterException mistakes) {
                // What a user can mend needs no stack trace; the SDK prints exceptions of this kind without one.
                throw new RunException(mistakes.getMessage());
            }
        });
    }

    static void cluster(Context context, Map<String, String> environment) {
        var config = StackConfig.read(
                context.projectName(),
                context.stackName(),
                configuration(environment.getOrDefault(CONFIGURATION, "{}")),
                Optional.ofNullable(environment.get(CA_CERTIFICATES)).map(Path::of));
        Optional<Output<String>> host = config.dockerHost().map(Output::of);
        var platform = host.map(DockerPlatform::at).orElseGet(DockerPlatform::local);
        var plan = ClusterPlan.of(config.cluster(), platform.naming());
        var look = new DockerPreflight(config.dockerHost(), environment);
        if (!Deployment.getInstance().isDryRun()) {
            look = look.pulling(context.log()::info);
        }
        var problems = look.check(plan, context.projectName() + "/" + context.stackName());
        if (!problems.isEmpty()) {
            throw new InvalidClusterException("this machine, for stack \"" + context.stackName() + '"', problems);
        }
        var options = ComponentResourceOptions.builder();
        host.ifPresent(address -> options.providers(List.of(
                new Provider("docker", ProviderArgs.builder().host(address).build()))));
        export(context, new SparkCluster(NAME, new SparkClusterArgs(platform, config.cluster()), options.build()));
    }

    private static void export(Context context, SparkCluster cluster) {
        context.export("masterUrl", cluster.masterUrl());
        context.export("masterUiUrl", cluster.masterUiUrl());
        context.export("jupyterUrl", cluster.jupyterUrl());
        context.export("jupyterToken", cluster.jupyterToken());
        context.export("workspace", cluster.workspace());
        context.export(
                "workers",
                Output.of(cluster.workers().stream()
                        .map(worker ->
                                Map.of("name", worker.name(), "cores", worker.cores(), "memory", worker.memory()))
                        .toList()));
        context.export("versions", Output.of(cluster.versions()));
        cluster.smokeTest().ifPresent(report -> context.export("smokeTest", report.applyValue(Main::smokeTest)));
    }

    /** What of the report is about the job; workers and versions have outputs of their own. */
    private static Map<String, Object> smokeTest(String report) {
        JsonObject parsed = JsonParser.parseString(report).getAsJsonObject();
        return new TreeMap<>(Map.of(
                "job", parsed.get("job").getAsString(),
                "seconds", parsed.get("seconds").getAsDouble(),
                "result", parsed.get("result").getAsString()));
    }

    private static Map<String, String> configuration(String json) {
        return new Gson().fromJson(json, new TypeToken<Map<String, String>>() {}.getType());
    }
}
