package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ImageContract.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Spark properties whose values are secret. The plan contains only their names. Drivers on the edge node read the values from a file; executors ask their
 * driver for them.
 */
final class SecretProperties {

    private static final String FIELD = "secretSparkConf";

    /** Names with which a line of {@code spark-defaults.conf} may start. */
    private static final Pattern NAME = Pattern.compile("spark\\.[\\w.@/+-]+");

    /**
     * Properties that Spark writes into arguments and variables of processes, because executors need them before they can ask their driver (see
     * {@code SparkConf.isExecutorStartupConf}), and whole families without secrets.
     */
    private static final Pattern SHOWN = Pattern.compile(
            "spark\\.(auth|rpc|network|ssl|port|executorEnv|driver|executor).*|.*\\.port|.*JavaOptions");

    /** Names that Spark hides by default in any release, and some more. */
    private static final String HIDDEN =
            "(?i)secret|password|passphrase|token|credential|(access|account|api|private)[._]?key";

    private static final Pattern SPECIAL = Pattern.compile("[.+]");
    private static final String HADOOP = "spark.hadoop.";

    private SecretProperties() {}

    static List<Mount> mounts(ClusterSpec spec) {
        return spec.secretSparkConf().isEmpty() ? List.of() : List.of(new Mount.Secret(SecretSpec.SPARK_PROPERTIES));
    }

    static Map<String, String> environment(ClusterSpec spec) {
        return spec.secretSparkConf().isEmpty()
                ? Map.of()
                : Map.of(Variable.SECRET_DEFAULTS_FILE, SecretSpec.SPARK_PROPERTIES.file());
    }

    /** Makes Spark hide the values on an application's page and in event logs. */
    static void hide(ClusterSpec spec, PlannedProperties properties) {
        if (!spec.secretSparkConf().isEmpty()) {
            properties.fixed(
                    "spark.redaction.regex",
                    Stream.concat(
                                    Stream.of(HIDDEN),
                                    spec.secretSparkConf().stream().map(SecretProperties::pattern))
                            .collect(Collectors.joining("|")));
        }
    }

    /** Matches a name also without the prefix that Spark removes for Hadoop. Has no backslash, which {@code spark-defaults.conf} would have to escape. */
    private static String pattern(String name) {
        String known = name.startsWith(HADOOP) ? name.substring(HADOOP.length()) : name;
        return "(^|[.])" + SPECIAL.matcher(known).replaceAll("[$0]") + "$";
    }

    /** Every property that is refused, in the order of their names. */
    static List<Problem> problems(ClusterSpec spec, Set<String> fixed) {
        var problems = new ArrayList<Problem>();
        var shown = ManagerRules.of(spec).showsProperties();
        if (!spec.secretSparkConf().isEmpty() && shown.isPresent()) {
            refuse(
                    problems,
                    String.join(", ", spec.secretSparkConf()),
                    "with clusterManager " + spec.clusterManager().label() + " " + shown.get(),
                    "Give the values to the application at run time, or set clusterManager to standalone");
            return problems;
        }
        for (String name : spec.secretSparkConf()) {
            if (!NAME.matcher(name).matches()) {
                refuse(
                        problems,
                        name,
                        "a Spark property starts with \"spark.\" and has no blanks",
                        "Correct or remove it");
            } else if (SparkConfValidator.isPlanned(name, fixed)) {
                refuse(problems, name, "this property is derived so that all nodes agree on it", "Remove it");
            } else if (SHOWN.matcher(name).matches()) {
                refuse(
                        problems,
                        name,
                        "Spark may write it into arguments or variables of processes",
                        "Set it in sparkConf if its value is no secret, or remove it");
            } else if (spec.sparkConf().containsKey(name)) {
                refuse(problems, name, "it is in sparkConf too", "Remove it from one of the two");
            }
        }
        return problems;
    }

    private static void refuse(List<Problem> problems, String name, String rule, String remedy) {
        problems.add(new Problem(FIELD, name, rule, remedy));
    }
}
