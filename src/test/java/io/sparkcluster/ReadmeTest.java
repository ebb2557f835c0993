package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.config.ClusterConfig;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README stays true: its examples compile, and its table names every key that there is and no other. */
class ReadmeTest {

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TARGET = Pattern.compile("^([a-z-]+):.*## ", Pattern.MULTILINE);

    /** As a command: at the beginning of a line, of a quotation or of a substitution. */
    private static final Pattern MAKE = Pattern.compile("(?:^|`|\\$\\()make (?:-s )?([a-z][a-z-]*)", Pattern.MULTILINE);

    private static final String IMPORTS = """
            import com.pulumi.Pulumi;
            import com.pulumi.core.Output;
            import io.sparkcluster.*;
            import io.sparkcluster.model.*;
            import io.sparkcluster.plan.ImageRole;
            import io.sparkcluster.platform.docker.DockerPlatform;
            import java.util.Map;
            """;

    @Test
    void theExamplesCompile(@TempDir Path classes) throws IOException {
        var examples =
                JAVA.matcher(readme()).results().map(found -> found.group(1)).toList();
        assertThat(examples).hasSizeGreaterThan(1);
        String source = IMPORTS + "public class Example {\n" + String.join("\n", examples) + "}\n";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();

        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of(
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                "-classpath",
                                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))),
                        null,
                        List.of(new Source(source)))
                .call();

        assertThat(compiled).as(messages.toString()).isTrue();
    }

    @Test
    void theTableNamesEveryKey() throws IOException {
        String table = readme().substring(readme().indexOf("## Configuration"), readme().indexOf("## Not supported"));

        assertThat(ClusterConfig.keys()).allSatisfy(key -> assertThat(table)
                .as(key)
                .containsAnyOf("`" + key + "`", "`" + key.replaceFirst("^images", "") + "`"));
    }

    @Test
    void everyMakeTargetThatAPageNamesIsThere() throws IOException {
        var targets = TARGET.matcher(Files.readString(Path.of("Makefile")))
                .results()
                .map(found -> found.group(1))
                .toList();
        var pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("testbed/README.md")));
        try (var docs = Files.list(Path.of("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
        }

        assertThat(targets).contains("up", "test", "test-platforms", "test-nightly");
        for (Path page : pages) {
            assertThat(MAKE.matcher(Files.readString(page)).results().map(found -> found.group(1)))
                    .as(page.toString())
                    .isSubsetOf(targets);
        }
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
