package teams;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import io.sparkcluster.SparkCluster;
import io.sparkcluster.SparkClusterArgs;
import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.EdgeSpec;
import io.sparkcluster.model.ImagesSpec;
import io.sparkcluster.model.MasterSpec;
import io.sparkcluster.model.MemorySize;
import io.sparkcluster.model.SharedVolumeSpec;
import io.sparkcluster.model.WorkerPool;
import io.sparkcluster.platform.docker.DockerPlatform;
import java.nio.file.Path;
import java.util.Optional;

/** Two teams, each with a cluster of its own; one of them also has a job that runs from a container of its own. */
public final class Main {

    private Main() {}

    /** Runs the program under the Pulumi engine. */
    public static void main(String[] args) {
        Pulumi.run(context -> stack(context, Path.of("job.py")));
    }

    /** What the stack is made of. */
    public static void stack(Context context, Path job) {
        var research = cluster(
                "research",
                18080,
                18888,
                WorkerPool.DEFAULT.withCount(2).withCores(2).withMemory(MemorySize.gibibytes(2)));
        var reporting = cluster(
                "reporting", 18081, 18889, WorkerPool.DEFAULT.withCount(1).withCores(1));
        var sevens = new SparkJob("sevens", reporting, job);

        context.export("research", research.jupyterUrl());
        context.export("reporting", reporting.jupyterUrl());
        context.export("sevens", sevens.result());
    }

    /** The clusters share nothing but the engine: network, workspace, secrets and ports are each team's own. */
    private static SparkCluster cluster(String team, int uiPort, int labPort, WorkerPool workers) {
        return new SparkCluster(
                team,
                new SparkClusterArgs(
                        DockerPlatform.local(),
                        ClusterSpec.builder(team)
                                .master(MasterSpec.DEFAULT.withUiPort(uiPort))
                                .edge(EdgeSpec.DEFAULT.withPort(labPort))
                                .workers(workers)
                                .images(images())
                                // An example leaves nothing; without this the files stay when the stack goes.
                                .workspace(SharedVolumeSpec.DEFAULT.withRetain(false))
                                .build()));
    }

    /** On networks that intercept TLS, builds need to know by whose authority; {@code make env} names the file if there is one. */
    private static ImagesSpec images() {
        return Optional.ofNullable(System.getenv("SPARK_CLUSTER_CA_CERTIFICATES"))
                .map(file -> ImagesSpec.DEFAULT.withExtraCaCertificates(Path.of(file)))
                .orElse(ImagesSpec.DEFAULT);
    }
}
