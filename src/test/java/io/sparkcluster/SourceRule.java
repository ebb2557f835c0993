package io.sparkcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What no class file shows: rules of the words that sources may have. */
@SuppressWarnings("ImmutableEnumChecker") // the functions keep no state
enum SourceRule {
    /** What Spark is told is planned. Platforms hand it over. */
    NO_SPARK_PROPERTY_BELOW_PLATFORM(in("platform/"), source -> source.literals().stream()
            .filter(text -> text.matches("(?s)(spark\\.|SPARK_).*"))),

    /** A new kind of node, or image, changes no platform. */
    NO_KIND_AND_NO_IMAGE_BELOW_PLATFORM(
            in("platform/"),
            found("\\b(NodeKind|ImageRole)\\.[A-Z][A-Z_]+\\b|import static [\\w.]+\\.(NodeKind|ImageRole)\\.")),

    /** Nor does a platform ask a plan for the nodes of a kind: every node says itself what matters. A description's sections have the same names. */
    NO_NODES_OF_A_KIND_BELOW_PLATFORM(
            in("platform/"),
            found("(?<!\\bspec(\\(\\))?\\s{0,99})\\.\\s*(edge|master|workers)\\(\\)"
                    + "|\\bClusterPlan\\s*::\\s*(edge|master|workers)\\b")),

    /** Values of our own are taken apart by {@code fold} and the like, so that a new case does not compile until it is handled. */
    NO_INSTANCEOF_BELOW_PLATFORM(in("platform/"), SourceRule::instanceofs),

    /** Components know one platform, which is an interface. */
    NO_WORD_OF_A_PLATFORM_IN_COMPONENTS(name -> !name.contains("/"), SourceRule::wordsOfPlatforms),

    /** Hosts are reached the same way whatever runs there. */
    NO_WORD_OF_A_PLATFORM_IN_SSH(in("platform/ssh/"), SourceRule::wordsOfPlatforms),

    /** What readers do is worded by the program that they use; see {@code Wording}. */
    NO_COMMAND_OF_THE_PROGRAM_IN_THE_LIBRARY(
            name -> !name.startsWith("program/"), source -> commandsOfTheProgram(source.literals())),

    /** Other planners ask what the manager decides. */
    KUBERNETES_IN_ONE_CLASS_OF_PLAN(
            in("plan/").and(name -> !name.equals("plan/KubernetesManager.java")),
            source -> Stream.concat(
                    Stream.of(source.code()).flatMap(found(Pattern.compile("\\bKUBERNETES\\b"))),
                    source.literals().stream()
                            .filter(text -> text.matches("(?s).*(k8s://|spark[\\\\.]+kubernetes\\b).*")))),

    /** Nor does anything else ask which manager it is: what follows from one stands in its rules, and in the plan. */
    NO_QUESTION_FOR_A_MANAGER(
            name -> !Set.of(
                            "model/ClusterManager.java",
                            "plan/ManagerRules.java",
                            "plan/KubernetesManager.java",
                            "plan/StandaloneManager.java")
                    .contains(name),
            found("\\bClusterManager\\s*\\.\\s*(KUBERNETES|STANDALONE)\\b|import static [\\w.]+\\.ClusterManager\\."
                    + "|\\bclusterManager\\(\\)(\\s*\\.label\\(\\))?\\s*([!=]=|\\.\\s*(equals|compareTo|ordinal|name)\\()"
                    + "|[!=]=\\s*([\\w.()]+\\.)?clusterManager\\(\\)|\\bswitch\\s*\\([^{]*\\bclusterManager\\(\\)"));

    /** Types of others, which have no such method. */
    private static final Set<String> TAKEN_APART = Set.of("java.", "com.google.gson.");

    /** By file, the types that may be asked for, each for a reason. */
    private static final Map<String, String> EXCEPTIONS = Map.of(
            // A secret's handle has whatever its platform made. That of another platform is refused by name.
            "platform/swarm/NodeService.java", "Secret");

    private final Predicate<String> where;
    private final Function<JavaSource, Stream<String>> what;

    SourceRule(Predicate<String> where, Function<JavaSource, Stream<String>> what) {
        this.where = where;
        this.what = what;
    }

    /** Every violation in the sources, with the name of its file. */
    List<String> violations(List<JavaSource> sources) {
        return sources.stream()
                .filter(source -> where.test(source.name()))
                .flatMap(source -> what.apply(source).map(found -> source.name() + ": " + found))
                .toList();
    }

    /** Keys of a stack and targets of the Makefile, also where a command is put together of several texts. */
    static Stream<String> commandsOfTheProgram(List<String> texts) {
        String targets = String.join("|", makeTargets());
        return Stream.concat(
                Stream.of(String.join("", texts))
                        .flatMap(found(Pattern.compile("\\bpulumi config\\b|\\bmake (" + targets + ")\\b(?!-)"))),
                texts.stream().filter(text -> text.matches("(?s).*\\bmake\\s+")));
    }

    private static List<String> makeTargets() {
        try {
            return Pattern.compile("^([a-z-]+):.*## ", Pattern.MULTILINE)
                    .matcher(Files.readString(Path.of("Makefile")))
                    .results()
                    .map(target -> target.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Predicate<String> in(String folder) {
        return name -> name.startsWith(folder);
    }

    private static Function<JavaSource, Stream<String>> found(String pattern) {
        return source -> Stream.of(source.code()).flatMap(found(Pattern.compile(pattern)));
    }

    private static Function<String, Stream<String>> found(Pattern pattern) {
        return text -> pattern.matcher(text).results().map(MatchResult::group);
    }

    private static Stream<String> wordsOfPlatforms(JavaSource source) {
        return Stream.concat(source.literals().stream(), Stream.of(source.code()))
                .flatMap(found(Pattern.compile("(?i)docker|podman|swarm|kubernetes|minikube|k8s")));
    }

    private static Stream<String> instanceofs(JavaSource source) {
        return Pattern.compile("\\binstanceof\\s+(?:final\\s+)?([\\w.]+)|\\.isInstance\\(|\\bgetClass\\(\\)")
                .matcher(source.code())
                .results()
                .filter(found -> found.group(1) == null || !isTakenApart(source, found.group(1)))
                .map(MatchResult::group);
    }

    private static boolean isTakenApart(JavaSource source, String type) {
        return Objects.equals(EXCEPTIONS.get(source.name()), type)
                || TAKEN_APART.stream().anyMatch(packages -> Pattern.compile(
                                "import " + Pattern.quote(packages) + "[\\w.]*\\." + Pattern.quote(type) + ";"
                                        + "|import " + Pattern.quote(packages) + Pattern.quote(type) + ";")
                        .matcher(source.code())
                        .find());
    }
}
