package teams;

import com.pulumi.core.Output;
import com.pulumi.docker.Container;
import com.pulumi.docker.ContainerArgs;
import com.pulumi.docker.inputs.ContainerNetworksAdvancedArgs;
import com.pulumi.docker.inputs.ContainerUploadArgs;
import com.pulumi.docker.inputs.ContainerVolumeArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import io.sparkcluster.SparkCluster;
import io.sparkcluster.plan.SecretSpec;
import io.sparkcluster.platform.SecretHandle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A container that joins a cluster's network, runs one job as its driver, and ends; it runs again when the job's file changes. */
final class SparkJob extends ComponentResource {

    private static final String JOB = "/tmp/job.py";
    private static final String RESULT = "result: ";
    private static final int MEBIBYTES = 1536;

    private final Output<String> result;

    SparkJob(String name, SparkCluster cluster, Path job) {
        super("teams:index:SparkJob", name, ResourceArgs.Empty, ComponentResourceOptions.Empty);
        var within = cluster.context();
        SecretHandle secret = within.secrets().get(SecretSpec.SPARK_AUTH);
        var container = new Container(
                name + "-driver",
                ContainerArgs.builder()
                        .name(name)
                        .hostname(name)
                        // The edge node's image has the Spark and the Python of the executors.
                        .image(within.image().content())
                        .networksAdvanced(ContainerNetworksAdvancedArgs.builder()
                                .name(within.network().name())
                                .build())
                        .volumes(ContainerVolumeArgs.builder()
                                .volumeName(secret.volume().name())
                                .containerPath(SecretSpec.SPARK_AUTH.folder())
                                .readOnly(true)
                                .build())
                        // What the edge node tells its drivers, but for the host that executors answer to.
                        .envs(
                                "SPARK_DEFAULTS=" + cluster.plan().edge().sparkDefaults(),
                                "SPARK_AUTH_SECRET_FILE=" + SecretSpec.SPARK_AUTH.file())
                        .command(
                                "spark-submit",
                                "--conf",
                                "spark.driver.host=" + name,
                                "--conf",
                                "spark.cores.max=1",
                                JOB)
                        .uploads(ContainerUploadArgs.builder()
                                .file(JOB)
                                .content(read(job))
                                .build())
                        .memory(MEBIBYTES)
                        .memorySwap(MEBIBYTES)
                        .attach(true)
                        .logs(true)
                        .mustRun(false)
                        .build(),
                CustomResourceOptions.builder()
                        .parent(this)
                        .dependsOn(cluster)
                        .deleteBeforeReplace(true)
                        .build());
        this.result = container.containerLogs().applyValue(SparkJob::result);
        registerOutputs(Map.of("result", result));
    }

    /** What the job printed after {@code result:}. */
    Output<String> result() {
        return result;
    }

    /** The log has Spark's messages too. */
    private static String result(String log) {
        return log.lines()
                .filter(line -> line.startsWith(RESULT))
                .map(line -> line.substring(RESULT.length()))
                .findFirst()
                .orElse("none: see docker logs");
    }

    private static String read(Path job) {
        try {
            return Files.readString(job);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
