package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images of one stack that become those of another one, by way of a registry that asks for a login. The login is kept in a folder of the test's.
 *
 * <table>
 * <caption>Steps</caption>
 * <tr><th>step</th><th>must hold</th></tr>
 * <tr><td>{@code make push} without a login</td><td>fails and names the login; the registry has nothing</td></tr>
 * <tr><td>{@code docker login}, {@code make push}</td><td>prints a line for each image that nodes run; each is a list of architectures</td></tr>
 * <tr><td>the printed lines, {@code make up} with another stack</td><td>the cluster runs these images, the smoke test passes, nothing was built</td></tr>
 * <tr><td>{@code make purge}, the registry's end</td><td>nothing is left, and names that other checkouts gave stand for the same images as before</td></tr>
 * </table>
 */
@Tag("live")
@Tag("docker")
@Tag("nightly")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DockerPushTest {

    private static final String MINE = "label=io.sparkcluster.cluster=testpull-cluster";
    private static final String USER = "pusher";
    private static final String PASSWORD = "two words, $PATH and a \"quote\"";
    private static final Pattern CONFIG_LINE =
            Pattern.compile("(?m)^  (pulumi config set --path images\\.(\\w+) (\\S+)@(sha256:[0-9a-f]{64}))$");

    private static final Pattern PUSHING = Pattern.compile("pushing (\\S+) \\((\\w+)\\)");

    /** A line of {@code make push}: the name of an image that people can read, and the one by which {@code make up} finds it. */
    private static final Pattern IMAGE = Pattern.compile("(?m)^  (sparkcluster/\\S+) +(sparkcluster/\\S+)$");

    @TempDir
    private static Path folder;

    @TempDir
    private static Path logins;

    /** What names of images stood for before the test. */
    private Map<String, String> before = Map.of();

    /** Names that the pushes gave to local images, those of before among them. */
    private final Set<String> made = new TreeSet<>();

    private Optional<TestRegistry> source = Optional.empty();
    private FreshClone pushing;
    private FreshClone pulling;
    private String target = "";
    private String pushed = "";

    @BeforeAll
    void startRegistry() throws IOException {
        LiveOwners.removeLeftovers(Map.of());
        source = Optional.of(TestRegistry.start(USER, PASSWORD));
        target = registry() + "/team";
        before = images();
        pushing = FreshClone.of(folder, "dev", "testpush");
        pulling = pushing.beside("dev", "testpull");
        assertThat(remains()).as("a cluster of this name is on the engine").isEmpty();
    }

    @AfterAll
    void leaveNothing() {
        if (pulling != null && !remains().isEmpty()) {
            pulling.leaveNothing();
        }
        source.ifPresent(TestRegistry::close);
        giveNamesBack();
    }

    @Test
    @Order(1)
    void withoutALoginThePushIsRefusedAndNamesTheRemedy() throws Exception {
        var refused = push();

        assertThat(refused.code()).as(refused.text()).isNotZero();
        assertThat(refused.text())
                .contains("could not be pushed; the reason is above. Log in with 'docker login " + registry() + "'")
                .doesNotContain("pulumi config set");
        assertThat(catalog()).isEmpty();
    }

    @Test
    @Order(2)
    void withALoginTheImagesThatNodesRunArePushed() throws IOException {
        bash(
                        pushing,
                        Map.of("PASSWORD", PASSWORD),
                        "docker login --username " + USER + " --password-stdin " + registry() + " <<<\"$PASSWORD\"")
                .orFail();
        assertThat(Files.readString(logins.resolve("config.json"))).contains(registry());

        pushed = push().orFail().text();

        assertThat(CONFIG_LINE.matcher(pushed).results().map(line -> line.group(2)))
                .containsExactlyInAnyOrder("sparkMaster", "sparkWorker", "jupyterLab");
        var names = PUSHING.matcher(pushed).results().toList();
        assertThat(names).hasSize(3).allSatisfy(name -> assertThat(architectures(name.group(1)))
                .as(name.group())
                .containsExactly(name.group(2)));
        assertThat(made).as("names of local images, as make push prints them").isNotEmpty();
        // What the lines name is these lists.
        assertThat(CONFIG_LINE.matcher(pushed).results().toList())
                .allSatisfy(line -> assertThat(architectures(line.group(3) + "@" + line.group(4)))
                        .as(line.group())
                        .hasSize(1));
    }

    @Test
    @Order(3)
    void anotherStackRunsThemAndBuildsNothing() {
        source.orElseThrow().removeImages();
        giveNamesBack();
        var images = images();
        var lines = CONFIG_LINE.matcher(pushed).results().toList();
        assertThat(lines).hasSize(3);
        String environment = "eval \"$(make -s env 2>/dev/null)\" && pulumi stack select --create testpull >/dev/null";
        for (var line : lines) {
            environment += " && " + line.group(1);
        }
        bash(pulling, Map.of(), environment + " && pulumi config set --path workers.count 1")
                .orFail();

        String said = bash(pulling, Map.of(), "make up").orFail().text();

        list("ps", "--filter", MINE, "--format", "{{.Label \"io.sparkcluster.owner\"}}")
                .forEach(LiveOwners::remember);
        assertThat(said).contains(pulling.lab(), "pulling " + target);
        for (var node : Map.of("master", "sparkMaster", "worker-1", "sparkWorker", "edge", "jupyterLab")
                .entrySet()) {
            var line = lines.stream()
                    .filter(one -> one.group(2).equals(node.getValue()))
                    .findFirst()
                    .orElseThrow();
            assertThat(list("inspect", "--format", "{{.Image}}", pulling.cluster() + "-" + node.getKey()))
                    .as(node.getKey())
                    .isEqualTo(list("image", "inspect", "--format", "{{.Id}}", line.group(3) + "@" + line.group(4)));
        }
        var outputs = JsonParser.parseString(bash(
                                pulling,
                                Map.of(),
                                "eval \"$(make -s env 2>/dev/null)\" && pulumi stack output --json --stack testpull")
                        .orFail()
                        .text())
                .getAsJsonObject();
        assertThat(outputs.getAsJsonObject("smokeTest").has("result")).isTrue();
        var built = images();
        built.keySet().retainAll(made);
        assertThat(images).as("what was built before").containsAllEntriesOf(built);
    }

    @Test
    @Order(4)
    void nothingIsLeft() {
        bash(pulling, Map.of(), "make purge").orFail();
        String address = registry();
        source.orElseThrow().close();
        source = Optional.empty();

        assertThat(remains()).isEmpty();
        assertThat(images()).allSatisfy((name, image) -> {
            assertThat(name).doesNotStartWith(address);
            if (made.contains(name)) {
                assertThat(image).as(name).isEqualTo(before.get(name));
            }
        });
    }

    private String registry() {
        return source.map(TestRegistry::address).orElseThrow();
    }

    private Shell.Result push() {
        var result = bash(pushing, Map.of(), "make push REGISTRY=" + target);
        IMAGE.matcher(result.text()).results().forEach(image -> made.addAll(List.of(image.group(1), image.group(2))));
        return result;
    }

    /** Runs a line of bash in a clone, with no other logins than the test's. */
    private static Shell.Result bash(FreshClone clone, Map<String, String> variables, String line) {
        var environment = new TreeMap<>(clone.environment());
        environment.put("DOCKER_CONFIG", logins.toString());
        environment.putAll(variables);
        return Shell.run(FreshClone.LIMIT, clone.folder(), environment, "bash", "-c", line);
    }

    /** What the registry has. */
    private List<String> catalog() throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create("http://" + registry() + "/v2/_catalog"))
                .header("Authorization", "Basic " + login)
                .timeout(Duration.ofSeconds(20))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return JsonParser.parseString(answer).getAsJsonObject().getAsJsonArray("repositories").asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    /** The architectures of the list that a name in the registry stands for. */
    private static List<String> architectures(String name) {
        String list = Shell.docker(
                        Map.of("DOCKER_CONFIG", logins.toString()), "manifest", "inspect", "--insecure", name)
                .orFail()
                .text();
        return JsonParser.parseString(list).getAsJsonObject().getAsJsonArray("manifests").asList().stream()
                .map(image -> image.getAsJsonObject()
                        .getAsJsonObject("platform")
                        .get("architecture")
                        .getAsString())
                .toList();
    }

    /** Takes names away that the pushes gave, and has those of before stand for the same images again. */
    private void giveNamesBack() {
        var now = images();
        for (String name : made) {
            String image = before.get(name);
            if (image == null && now.containsKey(name)) {
                Shell.docker("image", "rm", name).orFail();
            } else if (image != null && !image.equals(now.get(name))) {
                Shell.docker("tag", image, name).orFail();
            }
        }
    }

    /** The images of the engine by their names. */
    private static Map<String, String> images() {
        var images = new TreeMap<String, String>();
        list("image", "ls", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}")
                .forEach(line -> images.put(line.split(" ", 2)[0], line.split(" ", 2)[1]));
        return images;
    }

    /** Everything of the second stack on the engine, by kind. */
    private static List<String> remains() {
        return LiveStack.labelled(Map.of(), MINE);
    }

    private static List<String> list(String... command) {
        return Shell.docker(command).orFail().text().lines().toList();
    }
}
