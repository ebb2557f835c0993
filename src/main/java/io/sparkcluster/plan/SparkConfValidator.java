package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks a user's Spark properties against those that the planner fixes, those that the release knows, and the rest of the description.
 */
final class SparkConfValidator {

    private static final String FIELD = "sparkConf";

    /** Families of properties, none of which is for applications, each with what to do instead. */
    private static final Map<String, String> FAMILIES = new TreeMap<>(Map.of(
            "spark.deploy", "",
            "spark.worker", "",
            "spark.authenticate", "set security.authenticate",
            "spark.network.crypto", "set security.encrypt",
            "spark.master.rest", ""));

    /**
     * Names that Spark itself treats as secret (see {@code spark.redaction.regex}), and keys of other systems. Not {@code credential}: the names of classes that
     * provide credentials are no secrets.
     */
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(secret|password|passphrase|token|(access|account|api|private)[._]?key).*");

    private final SparkRelease release;
    private final SparkPropertyCatalog catalog;
    private final SortedMap<String, String> fixed = new TreeMap<>();
    private final Map<String, String> properties;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    private SparkConfValidator(ClusterSpec spec, SparkRelease release) {
        this.release = release;
        this.catalog = SparkPropertyCatalog.of(release);
        this.properties = spec.sparkConf();
        var rules = ManagerRules.of(spec);
        rules.ofEveryRole(spec, release).forEach(role -> fixed.putAll(role.fixed()));
        properties.forEach(this::check);
        problems.addAll(SecretProperties.problems(spec, fixed.keySet()));
        var refused = problems.stream().map(Problem::value).toList();
        new SparkConfConflicts(spec, rules, new UserProperties(properties, catalog, rules.ofApplications(spec)))
                .find().stream()
                        // A property that is refused by itself is not refused again for its neighbours.
                        .filter(conflict -> !refused.contains(conflict.value()))
                        .forEach(problems::add);
    }

    /** Every property that is refused by itself, in the order of their names, then those that contradict others. */
    static List<Problem> problems(ClusterSpec spec, SparkRelease release) {
        return List.copyOf(new SparkConfValidator(spec, release).problems);
    }

    /** Every property that is allowed, but most likely not intended. */
    static List<Warning> warnings(ClusterSpec spec, SparkRelease release) {
        return List.copyOf(new SparkConfValidator(spec, release).warnings);
    }

    private void check(String name, String value) {
        var type = catalog.type(name);
        if (!name.startsWith("spark.")) {
            refuse(name, "a Spark property starts with \"spark.\"", "Correct or remove it");
        } else if (isFixed(name)) {
            refuse(shown(name, value), "this property is derived so that all nodes agree on it", remove(name));
        } else if (isSecret(name, value, type)) {
            refuse(
                    name,
                    "the configuration is readable by everyone who may inspect a container",
                    "Give the value to the application at run time instead");
        } else if (value.contains("\n") || value.contains("\r")) {
            refuse(name, "a value is one line", "Remove the line break");
        } else if (type.isPresent()) {
            typed(name, value, type.get());
        } else if (!OpenNamespaces.contain(name)) {
            unknown(name);
        }
    }

    /** A value that refers to other values is known only when Spark runs, so it is not checked. */
    private void typed(String name, String value, SparkPropertyType type) {
        if (!value.contains("${") && !type.accepts(value)) {
            refuse(shown(name, value), "it must be " + type.rule(), type.remedy(value));
        }
    }

    private void unknown(String name) {
        String others = CompatibilityMatrix.releases().stream()
                .filter(other -> SparkPropertyCatalog.of(other).type(name).isPresent())
                .map(SparkRelease::version)
                .collect(Collectors.joining(", "));
        var nearest = catalog.nearest(name, fixed.keySet());
        if (!others.isEmpty()) {
            warn(
                    name,
                    "Spark " + release.version() + " does not know this property, but " + others
                            + (others.contains(",") ? " do" : " does"),
                    "Remove it, or set versions.spark to a release that knows it");
        } else if (nearest.isPresent()) {
            refuse(
                    name,
                    "Spark " + release.version() + " does not know this property",
                    "Did you mean " + nearest.get() + "? Otherwise remove it");
        } else {
            warn(
                    name,
                    "Spark " + release.version() + " does not know this property",
                    OpenNamespaces.nearest(name, catalog::knowsStart)
                            .map(near ->
                                    "Did you mean " + near + "? Otherwise leave it only if a library of yours reads it")
                            .orElse("Correct or remove it, unless a library of yours reads it"));
        }
    }

    private boolean isFixed(String name) {
        return isPlanned(name, fixed.keySet());
    }

    /** Whether only the planner may set a property. */
    static boolean isPlanned(String name, Set<String> fixed) {
        return fixed.contains(name) || family(name).isPresent();
    }

    private static Optional<String> family(String name) {
        return FAMILIES.keySet().stream()
                .filter(family -> name.equals(family) || name.startsWith(family + "."))
                .findFirst();
    }

    private String remove(String name) {
        String instead = Optional.ofNullable(fixed.get(name))
                .or(() -> family(name).map(FAMILIES::get))
                .orElse("");
        return "Remove it" + (instead.isEmpty() ? "" : "; " + instead);
    }

    private static boolean isSecret(String name, String value, Optional<SparkPropertyType> type) {
        boolean text = type.map(SparkPropertyType::mayBeSecret).orElse(true);
        return text && hidden(name) && !new SparkPropertyType.Flag().accepts(value);
    }

    private static boolean hidden(String name) {
        return SECRET.matcher(name).matches()
                && ManagerRules.all().stream().noneMatch(rules -> rules.namesSecret(name));
    }

    /** A property and its value as messages show them, without the value of a secret. */
    static String shown(String name, String value) {
        return hidden(name) ? name : name + "=" + value;
    }

    private void refuse(String value, String rule, String remedy) {
        problems.add(new Problem(FIELD, value, rule, remedy));
    }

    /** Does not show the value, since an unknown property may be a secret. */
    private void warn(String name, String reason, String remedy) {
        warnings.add(new Warning(FIELD, name, reason, remedy));
    }
}
