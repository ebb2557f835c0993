package io.sparkcluster.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.sparkcluster.SparkCluster;
import io.sparkcluster.SparkClusterArgs;
import io.sparkcluster.config.ClusterConfig;
import io.sparkcluster.config.ReadParts;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Warning;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.docker.CannedDocker;
import io.sparkcluster.platform.kubernetes.CannedKubectl;
import io.sparkcluster.platform.swarm.CannedMachines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every line of {@code errors/corpus.yaml} gets its message, and no other, from the program's own reading, planning and checks. {@code docs/errors.md} is made
 * of the same lines; after a change write it anew with {@code ./mvnw test -Dtest=ErrorCorpusTest -Ddocs.write=true} and look at the difference.
 */
class ErrorCorpusTest {

    private static final String PROJECT = "spark-cluster";
    private static final int LEAST_CASES = 120;

    /** Stands for the scratch folder of a case, so that its files have a name in the corpus. */
    private static final String FOLDER = "/lab";

    private static final Wording WORDING = new ProgramWording();

    @TempDir
    private Path folder;

    static List<ErrorCorpus.Case> cases() throws IOException {
        return ErrorCorpus.read().cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void getsItsMessage(ErrorCorpus.Case line) throws IOException {
        for (var file : line.map("files").entrySet()) {
            Path path = Path.of(real(file.getKey()));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        List<String> said;
        try (var taken = new ServerSocket()) {
            if (line.text("listen").isPresent()) {
                int port = Integer.parseInt(line.text("listen").get());
                taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            }
            said = messages(line);
        }

        assertThat(said).singleElement().asString().matches(pattern(expected(line)));
    }

    @Test
    void thereAreEnoughOfThemAndEachIsThereOnce() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(LEAST_CASES);
        assertThat(cases().stream().map(ErrorCorpusTest::expected)).doesNotHaveDuplicates();
    }

    @Test
    void thePageIsMadeOfThem() throws IOException {
        Path page = Path.of("docs", "errors.md");
        String text = ErrorPage.of(ErrorCorpus.read());
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(page, text);
        }

        assertThat(page).hasContent(text);
    }

    /** Lines to type end without a full stop, as in {@link Problem}. */
    private static String expected(ErrorCorpus.Case line) {
        return line.see()
                + line.remedy()
                        .map(remedy -> ". " + remedy + (remedy.contains("\n") ? "" : "."))
                        .orElse("");
    }

    /** Three dots stand for what differs from machine to machine. */
    private static Pattern pattern(String expected) {
        return Pattern.compile(Pattern.quote(expected).replace("…", "\\E.+\\Q"), Pattern.DOTALL);
    }

    private String real(String path) {
        return path.replace(FOLDER + "/", folder + "/");
    }

    private List<String> messages(ErrorCorpus.Case line) {
        try {
            var environment = new TreeMap<>(line.map("environment"));
            environment.put(
                    "PULUMI_CONFIG_SECRET_KEYS",
                    new Gson()
                            .toJson(line.list("secret").stream()
                                    .map(key -> PROJECT + ":" + key)
                                    .toList()));
            var configuration = line.withFreePorts().configuration(PROJECT);
            configuration.replaceAll((key, value) -> real(value));
            var config = StackConfig.read(PROJECT, "dev", Optional.empty(), configuration, environment);
            var plan = SparkCluster.plan(new SparkClusterArgs(config.platform(), config.cluster()));
            return line.isWarning() ? warnings(line, config, plan) : texts(preflight(line, config, plan, environment));
        } catch (InvalidClusterException mistakes) {
            return texts(mistakes.problems());
        }
    }

    private List<String> texts(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.toString().replace(folder + "/", FOLDER + "/"))
                .toList();
    }

    private CannedDocker docker(ErrorCorpus.Case line) {
        return new CannedDocker(
                folder,
                "none".equals(line.line().get("docker")) ? Optional.empty() : Optional.of(line.map("docker")),
                WORDING);
    }

    private List<String> warnings(ErrorCorpus.Case line, ClusterConfig config, ClusterPlan plan) {
        var parts = new ReadParts(config);
        var warnings =
                new ArrayList<>(plan.warnings().stream().map(Warning::toString).toList());
        config.platform().exposed(plan, WORDING).ifPresent(warnings::add);
        warnings.addAll(
                parts.platform().equals("docker")
                        ? docker(line).warnings(parts.engine(), plan)
                        : docker(line).warningsOfBuilder(plan));
        if (parts.platform().equals("kubernetes")) {
            warnings.addAll(new CannedKubectl(line.map("kubectl"), WORDING).warnings(parts.kubernetes(), plan));
        }
        return warnings;
    }

    private List<Problem> preflight(
            ErrorCorpus.Case line, ClusterConfig config, ClusterPlan plan, Map<String, String> environment) {
        var parts = new ReadParts(config);
        var problems = new ArrayList<Problem>();
        if (parts.platform().equals("docker")) {
            var engine = parts.engine();
            var host = parts.dockerHost().or(() -> engine.defaultHost(environment));
            boolean preview = !line.line().containsKey("up");
            problems.addAll(docker(line).check(engine, host, environment, plan, preview));
            return problems;
        }
        problems.addAll(docker(line).checkBuilder(parts.dockerHost(), environment, plan));
        if (parts.platform().equals("swarm")) {
            problems.addAll(new CannedMachines(line.map("machines"), WORDING).check(parts.swarm(), plan));
        } else {
            problems.addAll(new CannedKubectl(line.map("kubectl"), WORDING)
                    .check(parts.kubernetes(), plan, parts.kubernetes().createNamespace()));
        }
        return problems;
    }
}
