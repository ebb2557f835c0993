package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images with an archive of Spark's classes. A JVM that refuses its archive says nothing and is only slower, so each is asked. */
@Tag("live")
@Tag("docker")
@Tag("nightly")
class DockerClassDataSharingTest {

    private static final String ARCHIVE = "-XX:SharedArchiveFile=/opt/spark/classes.jsa";

    /** {@code java.vm.info} ends with "sharing" only if the archive that was asked for is in use. */
    private static final String SESSION = """
            from pyspark.sql import SparkSession
            spark = SparkSession.builder.getOrCreate()
            beans = spark.sparkContext._jvm.java.lang.management.ManagementFactory
            print("DRIVER", spark.sparkContext._jvm.java.lang.System.getProperty("java.vm.info"), list(beans.getRuntimeMXBean().getInputArguments()))
            ask = "java_method('java.lang.System', 'getProperty', concat('java.vm.info', substring(cast(id as string), 1, 0)))"
            print("EXECUTOR", spark.range(2).selectExpr(ask).collect())
            print("OPTIONS", spark.conf.get("spark.executor.defaultJavaOptions"))
            spark.stop()
            """;

    @TempDir
    private static Path folder;

    @Test
    void everyJvmUsesTheArchive() {
        try (var stack = LiveStack.create("classes", folder)) {
            stack.configure(Map.of("images.classDataSharing", "true", "workers.count", "1"));
            stack.up();

            String script = Base64.getEncoder().encodeToString(SESSION.getBytes(StandardCharsets.UTF_8));
            String session = Shell.run(
                            Duration.ofMinutes(3),
                            folder,
                            Map.of(),
                            "docker",
                            "exec",
                            stack.node("edge"),
                            "sh",
                            "-c",
                            "echo " + script + " | base64 -d > /tmp/session.py && spark-submit /tmp/session.py")
                    .orFail()
                    .text();

            assertThat(session)
                    .containsPattern("DRIVER .*sharing.*" + ARCHIVE)
                    .containsPattern("EXECUTOR .*sharing")
                    .contains("OPTIONS " + ARCHIVE);
            for (String node : new String[] {"master", "worker-1"}) {
                String java = Shell.docker("exec", stack.node(node), "pgrep", "-a", "java")
                        .orFail()
                        .text();
                assertThat(java).contains(ARCHIVE);
                assertThat(Shell.docker("logs", stack.node(node)).orFail().text())
                        .doesNotContain("sharing is off");
            }
        }
    }
}
