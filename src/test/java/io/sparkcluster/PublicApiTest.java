package io.sparkcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/**
 * The public API is the one that {@code api/} records for this version. After a change that is meant, write the record anew with {@code ./mvnw test
 * -Dtest=PublicApiTest -Dapi.write=true} and look at the difference; what breaks programs of users goes into CHANGELOG.md.
 */
class PublicApiTest {

    private static final Path RECORDS = Path.of("src", "test", "resources", "api");
    private static final String WRITE = "./mvnw test -Dtest=PublicApiTest -Dapi.write=true";

    @Test
    void isAsRecorded() throws IOException, URISyntaxException, XPathExpressionException {
        Path record = RECORDS.resolve(version() + ".txt");
        String api = PublicApi.of(Path.of(SparkCluster.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));
        if (Boolean.getBoolean("api.write")) {
            Files.createDirectories(RECORDS);
            Files.writeString(record, api);
        }

        assertThat(record).withFailMessage(() -> """
                        There is no %s, and pom.xml has that version. Write it:
                            %s
                        Then compare it with that of the version before; what is gone needs an entry in CHANGELOG.md.\
                        """.formatted(record, WRITE)).exists();
        String recorded = Files.readString(record);
        assertThat(api)
                .withFailMessage(() -> message(record, ApiDifference.between(recorded, api)))
                .isEqualTo(recorded);
    }

    @Test
    void whatIsGoneBreaksPrograms(@TempDir Path folder) throws IOException {
        String before = compiled(folder.resolve("before"), """
                public final class Sample {
                    public static final int LIMIT = 1;
                    public String name() { return ""; }
                    public void run() {}
                    void hidden() {}
                    public record Size(int width) {}
                    public enum Kind { ONE }
                }
                """);
        String after = compiled(folder.resolve("after"), """
                public final class Sample {
                    public static final int LIMIT = 1;
                    public java.util.Optional<String> name() { return java.util.Optional.empty(); }
                    public void walk(String... steps) {}
                    public enum Kind { ONE, TWO }
                }
                """);

        var difference = ApiDifference.between(before, after);

        assertThat(difference.gone())
                .containsExactly(
                        "io.sparkcluster.Sample: String name()",
                        "io.sparkcluster.Sample: void run()",
                        "record io.sparkcluster.Sample.Size");
        assertThat(difference.demanded()).isEmpty();
        assertThat(difference.added())
                .containsExactly(
                        "io.sparkcluster.Sample: Optional<String> name()",
                        "io.sparkcluster.Sample: void walk(String...)",
                        "io.sparkcluster.Sample.Kind: constant TWO");
        assertThat(message(RECORDS.resolve("1.txt"), difference))
                .contains("CHANGELOG.md", WRITE, "- io.sparkcluster.Sample: void run()");
    }

    @Test
    void whatIsAddedBreaksNoneUnlessUsersMustImplementIt() {
        String before = "interface io.sparkcluster.Sample\n    abstract void run()\n";

        var optional = ApiDifference.between(before, before + "    default void walk()\n");
        var demanded = ApiDifference.between(before, before + "    abstract void walk()\n");

        assertThat(optional)
                .isEqualTo(new ApiDifference(
                        List.of(), List.of(), List.of("io.sparkcluster.Sample: default void walk()")));
        assertThat(message(RECORDS.resolve("1.txt"), optional)).contains(WRITE).doesNotContain("CHANGELOG.md");
        assertThat(demanded)
                .isEqualTo(new ApiDifference(
                        List.of(), List.of("io.sparkcluster.Sample: abstract void walk()"), List.of()));
        assertThat(message(RECORDS.resolve("1.txt"), demanded)).contains(WRITE, "CHANGELOG.md");
    }

    @Test
    void methodsOfAClassThatProgramsCannotExtendAreNotDemanded(@TempDir Path folder) throws IOException {
        String before = compiled(folder.resolve("before"), """
                public abstract class Sample {
                    Sample() {}
                    public abstract int width();
                }
                """);
        String after = compiled(folder.resolve("after"), """
                public abstract class Sample {
                    Sample() {}
                    public abstract int width();
                    public abstract int height();
                }
                """);

        assertThat(before).isEqualTo("class io.sparkcluster.Sample\n    int width()\n");
        assertThat(ApiDifference.between(before, after))
                .isEqualTo(new ApiDifference(List.of(), List.of(), List.of("io.sparkcluster.Sample: int height()")));
    }

    /** The API of this project's version; a snapshot has that of the version that it becomes. */
    private static String version() throws IOException, XPathExpressionException {
        try (var pom = Files.newInputStream(Path.of("pom.xml"))) {
            return XPathFactory.newInstance()
                    .newXPath()
                    .evaluate("/*/*[local-name()='version']", new InputSource(pom))
                    .replace("-SNAPSHOT", "");
        }
    }

    private static String message(Path record, ApiDifference difference) {
        var text = new StringBuilder("The public API differs from " + record + ".\n");
        section(text, "Gone or changed, which breaks programs that use it", "- ", difference.gone());
        section(text, "New and abstract, which breaks classes that implement the type", "+ ", difference.demanded());
        section(text, "New", "+ ", difference.added());
        if (!difference.gone().isEmpty() || !difference.demanded().isEmpty()) {
            text.append("What breaks programs needs an entry in CHANGELOG.md that says what to write instead.\n");
        }
        return text.append("If this is meant, overwrite the record: ")
                .append(WRITE)
                .toString();
    }

    private static void section(StringBuilder text, String title, String sign, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append(title).append(":\n");
            lines.forEach(line -> text.append("    ").append(sign).append(line).append('\n'));
        }
    }

    private static String compiled(Path folder, String source) throws IOException {
        Path file = Files.createDirectories(folder).resolve("Sample.java");
        Files.writeString(file, "package io.sparkcluster;\n" + source);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", folder.toString(), file.toString()))
                .isZero();
        return PublicApi.of(folder);
    }
}
