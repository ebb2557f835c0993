package io.sparkcluster.program;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.reflect.TypeToken;
import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.exceptions.RunException;
import io.sparkcluster.SparkCluster;
import io.sparkcluster.SparkClusterArgs;
import io.sparkcluster.WorkerInfo;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.platform.Ownership;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The program that {@code pulumi up} runs: one cluster, as its stack's configuration describes it. */
public final class Main {

    private static final String NAME = "spark";

    /** All keys and values of the stack as JSON; the SDK offers no way to list keys, without which typos pass unseen. */
    private static final String CONFIGURATION = "PULUMI_CONFIG";

    /** A file into which a refusal is written as well. */
    private static final String REFUSED = "SPARK_CLUSTER_REFUSED";

    /** Pulumi's host for Java reports every program that ends with an error, whatever the program said before. */
    private static final String ENDED =
            "\nNothing was made or changed. Pulumi's next line says only that the program ended here.";

    private Main() {}

    /** Runs the program under the Pulumi engine. */
    public static void main(String[] args) {
        Pulumi.run(context -> {
            SingleReport.install();
            BusyWaitThrottle.install();
            try {
                cluster(context, System.getenv());
            } catch (InvalidClusterException mistakes) {
                note(mistakes, System.getenv());
                // What a user can mend needs no stack trace; the SDK prints exceptions of this kind without one.
                throw new RunException(mistakes.getMessage() + ENDED);
            }
        });
    }

    /** For whoever started pulumi and wants to say something of its own after a failure, but not after a refusal. */
    private static void note(InvalidClusterException mistakes, Map<String, String> environment) {
        Optional.ofNullable(environment.get(REFUSED)).map(Path::of).ifPresent(file -> {
            try {
                Files.writeString(file, mistakes.getMessage());
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        });
    }

    static void cluster(Context context, Map<String, String> environment) {
        var ownership = Ownership.current();
        var config = StackConfig.read(
                context.projectName(),
                context.stackName(),
                ownership.cluster(),
                configuration(environment.getOrDefault(CONFIGURATION, "{}")),
                environment);
        var cluster = new SparkCluster(
                NAME,
                SparkClusterArgs.builder(config.platform(), config.cluster())
                        .subject("stack \"" + context.stackName() + '"')
                        .wording(new ProgramWording())
                        .log(context.log()::info, context.log()::warn)
                        .build());
        export(context, cluster);
    }

    private static void export(Context context, SparkCluster cluster) {
        context.export("masterUrl", cluster.masterUrl());
        cluster.pages().forEach(context::export);
        context.export("jupyterToken", cluster.jupyterToken());
        context.export("workspace", cluster.workspace());
        context.export(
                "workers",
                Output.all(cluster.workers().stream().map(WorkerInfo::toOutput).toList()));
        context.export("versions", Output.of(cluster.versions()));
        cluster.tunnel().ifPresent(command -> context.export("tunnel", command));
        cluster.smokeTest().ifPresent(report -> context.export("smokeTest", report.applyValue(Main::smokeTest)));
        cluster.platformOutputs().forEach((name, value) -> context.export(name, Output.of(value)));
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
