package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.Context;
import com.pulumi.test.PulumiTest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example program compiles against the library as it is, and registers two clusters that share nothing and a job in one of them. */
class ExampleTest {

    private static final Path EXAMPLE = Path.of("examples", "two-teams");

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void twoTeams(@TempDir Path classes) throws IOException, ReflectiveOperationException {
        try (var sources = Files.walk(EXAMPLE.resolve("src"))) {
            SourceCompiler.compile(
                    sources.filter(file -> file.toString().endsWith(".java")).toList(), classes);
        }
        try (var loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Method stack = loader.loadClass("teams.Main").getMethod("stack", Context.class, Path.class);

            var run = MockedEngine.run(context -> {
                try {
                    stack.invoke(null, context, EXAMPLE.resolve("job.py"));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            });
            var volumes = run.registrations().stream()
                    .filter(registration -> registration.type().equals("docker:index/volume:Volume"))
                    .map(registration -> registration.texts().get("/name"))
                    .toList();
            assertThat(volumes)
                    .contains("research-workspace", "reporting-workspace")
                    .doesNotHaveDuplicates();
            var job = run.named("sevens-driver");
            assertThat(job.texts())
                    .containsEntry("/networksAdvanced/0/name", "reporting")
                    .containsEntry("/volumes/0/volumeName", "reporting-spark-auth")
                    .containsEntry(
                            "/image", run.named("reporting-edge-node").texts().get("/image"));
            assertThat(job.dependencyNames()).contains("reporting-smoke-test-job");
        }
    }
}
