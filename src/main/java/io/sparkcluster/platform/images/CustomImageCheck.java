package io.sparkcluster.platform.images;

import io.sparkcluster.model.Architecture;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageRole;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.plan.SparkRelease;
import io.sparkcluster.platform.Labels;
import io.sparkcluster.platform.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks the images that a user supplies: whether they exist, are made for their role, and contain the cluster's Spark. With a wrong image, a node would end,
 * or never become ready, without a visible reason. The smoke test compares Java and Python on the running nodes.
 *
 * @param docker the command line
 * @param pulling receives a line about each image that the engine lacks and that is pulled; empty if none is pulled
 */
public record CustomImageCheck(DockerCli docker, Optional<Consumer<String>> pulling) {

    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration PULL = Duration.ofMinutes(30);

    /** Answers of a registry after which a pull would fail too. Any other failure may concern only the connection between this machine and the registry. */
    private static final List<String> REFUSALS =
            List.of("no such manifest", "manifest unknown", "name unknown", "denied", "unauthorized");

    private static final Pattern DEBIAN = Pattern.compile(Arrays.stream(Architecture.values())
            .map(Architecture::registryPath)
            .collect(Collectors.joining("|", "((", ")/)?debian:[a-z]+(-slim)?")));
    private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.[\\d.]+)(:\\d+)?/");
    private static final String REMEDY = "Correct the reference, or log in to its registry with docker login";

    /**
     * Problems with the supplied images, and with the image that all built ones start from.
     *
     * @param wording how to say what the reader can do
     */
    public List<Problem> check(ClusterPlan plan, Wording wording) {
        var problems = new ArrayList<Problem>();
        for (ImageSpec image : plan.images().values()) {
            image.source().givenReference().stream()
                    .flatMap(reference -> check(image, reference, plan.release()).stream())
                    .map(problem -> orBuilt(problem, wording))
                    .forEach(problems::add);
        }
        problems.addAll(foundations(plan));
        return problems;
    }

    /** Problems with the image that all built ones start from. */
    List<Problem> foundations(ClusterPlan plan) {
        return plan.images().values().stream()
                .filter(image -> image.role().parent().isEmpty() && image.isBuilt())
                .flatMap(image -> foundation(plan.foundation().image()).stream())
                .toList();
    }

    /**
     * A problem with the image that the others are built on, which the builder pulls. Debian's images are not checked: if they cannot be pulled,
     * {@code make up} makes them.
     */
    private Optional<Problem> foundation(String reference) {
        return DEBIAN.matcher(reference).matches() || claims(reference).isPresent()
                ? Optional.empty()
                : refusal(reference)
                        .map(reason -> new Problem(
                                "images.from",
                                reference,
                                "the engine does not have it, and its registry does not give it (" + reason + ")",
                                REMEDY));
    }

    private List<Problem> check(ImageSpec image, String reference, SparkRelease release) {
        var role = image.role();
        var claims = claims(reference);
        if (claims.isEmpty() && pulling.isPresent()) {
            pulling.get().accept(role.field() + ": pulling " + reference);
            var pulled = pull(image, reference);
            if (pulled.code() != 0) {
                return List.of(problem(
                        role, reference, "the engine neither has nor gets it (" + pulled.reason() + ")", REMEDY));
            }
            claims = claims(reference);
        }
        if (claims.isEmpty()) {
            return refusal(reference)
                    .map(reason -> problem(
                            role,
                            reference,
                            "the engine does not have it, and its registry does not give it (" + reason + ")",
                            REMEDY))
                    .map(List::of)
                    .orElse(List.of());
        }
        return claims.map(found -> check(role, reference, release, found)).orElseGet(List::of);
    }

    private Processes.Result pull(ImageSpec image, String reference) {
        return image.architecture()
                .map(one -> docker.run(
                        PULL, "pull", "--quiet", "--platform", ArchitectureRules.platform(one.label()), reference))
                .orElseGet(() -> docker.run(PULL, "pull", "--quiet", reference));
    }

    /** Warnings about images that the engine does not have yet, so that only {@code up} checks them. */
    public List<String> absent(ClusterPlan plan) {
        var absent = new ArrayList<String>();
        for (ImageSpec image : plan.images().values()) {
            image.source()
                    .givenReference()
                    .filter(reference -> claims(reference).isEmpty())
                    .ifPresent(reference -> absent.add(image.role().field() + ": the engine does not have " + reference
                            + " yet; up pulls it and looks whether it fits"));
        }
        return absent;
    }

    /**
     * Warnings about images that nodes elsewhere pull by themselves, and that their registry refuses to this machine. The nodes may already have the image, or
     * use another login.
     */
    List<String> refused(ClusterPlan plan) {
        var refused = new ArrayList<String>();
        for (ImageSpec image : plan.images().values()) {
            image.source().givenReference().ifPresent(reference -> refusal(reference)
                    .ifPresent(reason -> refused.add(image.role().field() + ": its registry does not give "
                            + reference + " to this machine (" + reason
                            + "); nodes that neither have nor get it wait for it in vain")));
        }
        return refused;
    }

    /** Why a registry refuses an image; empty if the registry does not refuse it. Nothing is pulled. */
    private Optional<String> refusal(String reference) {
        // Engines talk to a registry on this machine without TLS; the command line has to be told so.
        var answer = LOCAL.matcher(reference).lookingAt()
                ? docker.run(LOOK, "manifest", "inspect", "--insecure", reference)
                : docker.run(LOOK, "manifest", "inspect", reference);
        String output = answer.error().toLowerCase(Locale.ROOT);
        return answer.code() != 0 && REFUSALS.stream().anyMatch(output::contains)
                ? Optional.of(answer.reason())
                : Optional.empty();
    }

    private static List<Problem> check(ImageRole role, String reference, SparkRelease release, Claims claims) {
        if (!claims.kind().equals(role.label())) {
            return List.of(problem(
                    role,
                    reference,
                    "it should be an image of kind " + role.label() + ", and its label " + Labels.IMAGE
                            + (claims.kind().isEmpty() ? " is missing" : " says " + claims.kind()),
                    "Build it on the image that it replaces, or as images/README.md says"));
        }
        if (!role.holdsSpark()) {
            return List.of();
        }
        String expected = "Spark " + release.version() + " for Scala " + release.scala();
        return claims.holds().equals(expected)
                ? List.of()
                : List.of(problem(
                        role,
                        reference,
                        "by its labels " + Labels.SPARK + " and " + Labels.SCALA + " it holds " + claims.holds()
                                + ", and this cluster runs " + expected,
                        "Name an image of that Spark, or set versions.spark to the one that all images have"));
    }

    private static Problem problem(ImageRole role, String reference, String rule, String remedy) {
        return new Problem(role.field(), reference, rule, remedy);
    }

    /** Adds another way out: to have the image built. */
    private static Problem orBuilt(Problem problem, Wording wording) {
        return new Problem(
                problem.field(),
                problem.value(),
                problem.rule(),
                problem.remedy() + "; to have it built instead: " + wording.unset(problem.field()));
    }

    /** The labels of an image; empty if the engine does not have the image. */
    private Optional<Claims> claims(String reference) {
        var found = docker.run(LOOK, "image", "inspect", "--format", Claims.FORMAT, reference);
        return found.code() == 0 ? Optional.of(Claims.of(found.output().strip())) : Optional.empty();
    }

    /**
     * The labels that are checked; a missing label is empty.
     *
     * @param kind the kind of image
     * @param spark its Spark release
     * @param scala the Scala version of its Spark
     */
    private record Claims(String kind, String spark, String scala) {

        private static final String FORMAT = Stream.of(Labels.IMAGE, Labels.SPARK, Labels.SCALA)
                .map(label -> "{{index .Config.Labels \"" + label + "\"}}")
                .collect(Collectors.joining("|"));

        static Claims of(String line) {
            String[] values = line.replace("<no value>", "").split("\\|", -1);
            // A label with a separator in it is none that this project's images have.
            return values.length == 3 ? new Claims(values[0], values[1], values[2]) : new Claims("", "", "");
        }

        String holds() {
            return spark.isEmpty() || scala.isEmpty() ? "no Spark" : "Spark " + spark + " for Scala " + scala;
        }
    }
}
