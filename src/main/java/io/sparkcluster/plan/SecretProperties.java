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
 * Spark properties whose values are secret. Their names are planned. Their values lie beside the plan, and reach drivers of the edge node in a file; executors ask their
 * driver for them.
 */
final class SecretProperties {

    private static final String FIELD = "secretSparkConf";

    /** What a line of a {@code spark-defaults.conf} may start with. */
    private static final Pattern NAME = Pattern.compile("spark\\.[\\w.@/+-]+");

    /**
     * What Spark writes into arguments and variables of processes before these ask their driver, see {@code SparkConf.isExecutorStartupConf}, and whole families that
     * hold no secrets.
     */
    private static final Pattern SHOWN = Pattern.compile(
            "spark\\.(auth|rpc|network|ssl|port|executorEnv|driver|executor).*|.*\\.port|.*JavaOptions");

    /** What Spark hides by itself in any release, and a little more. */
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

    /** Spark shows the properties of an application on its page and in event logs; what this matches it hides. */
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

    /** Without the prefix that Spark takes off before it hands a property to Hadoop, and without a backslash, which the file would lose. */
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
