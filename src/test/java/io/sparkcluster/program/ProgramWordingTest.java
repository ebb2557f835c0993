package io.sparkcluster.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.Wording;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramWordingTest {

    private static final Wording WORDING = new ProgramWording();

    @Test
    void keysAreSetAndRemovedByPulumisCommandLine() {
        assertThat(WORDING.set("edge.port", "45119")).isEqualTo("pulumi config set --path edge.port 45119");
        assertThat(WORDING.set("name", "dev-2")).isEqualTo("pulumi config set name dev-2");
        assertThat(WORDING.unset("images.base")).isEqualTo("pulumi config rm --path images.base");
        assertThat(WORDING.removeIt("nonsense")).isEqualTo("remove it: pulumi config rm --path nonsense");
        assertThat(WORDING.reveal("name"))
                .isEqualTo(
                        "set it again without --secret: pulumi config rm --path name, then pulumi config set --path name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "podman", "kubernetes", "swarm"})
    void whateverRunsClustersCanBeHadHere(String what) throws IOException {
        assertThat(WORDING.install(what).map(ProgramWordingTest::target)).get().satisfies(this::isTarget);
    }

    @Test
    void whatNobodyKnowsCannot() {
        assertThat(WORDING.install("mesos")).isEmpty();
    }

    @Test
    void everyTargetIsInTheMakefile() {
        assertThat(Stream.of(
                        WORDING.up(),
                        WORDING.down(),
                        WORDING.purge().orElseThrow(),
                        WORDING.backup().orElseThrow(),
                        WORDING.restore().orElseThrow(),
                        WORDING.forgetMachine("two").orElseThrow()))
                .extracting(ProgramWordingTest::target)
                .containsExactly("up", "down", "purge", "backup", "restore", "forget-machine")
                .allSatisfy(this::isTarget);
    }

    /** A word that is added for Java programs is worded here too. */
    @Test
    void allWordsAreItsOwn() {
        List<String> own = Arrays.stream(ProgramWording.class.getDeclaredMethods())
                .map(Method::getName)
                .toList();

        assertThat(Arrays.stream(Wording.class.getMethods())
                        .filter(Method::isDefault)
                        .map(Method::getName))
                .isNotEmpty()
                .isSubsetOf(own);
    }

    @Test
    void javaProgramsHearOfNoMakefileAndNoKeyOfAStack() {
        var neutral = Wording.neutral();

        assertThat(neutral.set("edge.port", "45119")).isEqualTo("set edge.port to 45119");
        assertThat(neutral.unset("edge.port")).isEqualTo("remove edge.port");
        assertThat(neutral.removeIt("edge.port")).isEqualTo("remove it");
        assertThat(neutral.reveal("edge.port")).isEqualTo("give it as a plain value");
        assertThat(neutral.up()).isEqualTo("pulumi up");
        assertThat(neutral.down()).isEqualTo("pulumi destroy");
        assertThat(Stream.of(
                        neutral.purge(),
                        neutral.backup(),
                        neutral.restore(),
                        neutral.install("docker"),
                        neutral.forgetMachine("two")))
                .allMatch(Optional::isEmpty);
    }

    private void isTarget(String name) throws IOException {
        assertThat(Files.readAllLines(Path.of("Makefile"))).anyMatch(line -> line.startsWith(name + ": ##"));
    }

    /** What follows the word make. */
    private static String target(String command) {
        return command.replaceFirst("^make ([a-z-]+).*$", "$1");
    }
}
