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

    /** All keys and values of the stack as JSON. The SDK cannot list keys, and without a list nobody would notice misspelt ones. */
    private static final String CONFIGURATION = "PULUMI_CONFIG";

    /** Names a file that receives the problems of an invalid cluster too. */
    private static final String REFUSED = "SPARK_CLUSTER_REFUSED";

    /** Pulumi's Java host reports every program that ends with an error, even when the program explained the error before. */
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
                // Users can correct this without a stack trace; the SDK prints a RunException without one.
                throw new RunException(mistakes.getMessage() + ENDED);
            }
        });
    }

    /** Lets scripts that start pulumi tell an invalid cluster from other failures, which they may comment on. */
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

    /** The part of the report that is about the job; workers and versions are separate outputs. */
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
