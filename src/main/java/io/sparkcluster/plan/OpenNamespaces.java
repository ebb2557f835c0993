package io.sparkcluster.plan;

import io.sparkcluster.model.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Namespaces of Spark properties whose names Spark does not define: configurations of other systems, names that users choose, other libraries. */
final class OpenNamespaces {

    /** Namespaces of Spark itself with every cluster manager. */
    private static final List<String> OF_ALL_MANAGERS = List.of(
            "spark.driver.resource.",
            "spark.executor.resource.",
            "spark.executorEnv.",
            "spark.files.io.",
            "spark.hadoop.",
            "spark.hive.",
            "spark.io.encryption.commons.config.",
            "spark.kafka.",
            "spark.metrics.conf.",
            "spark.plugins.internal.conf.",
            "spark.rpc.io.",
            "spark.scheduler.listenerbus.eventqueue.",
            "spark.shuffle.io.",
            "spark.shuffle.plugin.__config__.",
            "spark.sql.catalog.",
            "spark.ssl.",
            "spark.streaming.kafka.",
            "spark.task.resource.",
            "spark.yarn.");

    /** Namespaces of Spark itself. */
    private static final List<String> OF_SPARK = Stream.concat(
                    OF_ALL_MANAGERS.stream(),
                    ManagerRules.all().stream().flatMap(rules -> rules.openNamespaces().stream()))
            .sorted()
            .toList();

    /** Namespaces of libraries that are used with Spark. Properties of a library that is missing here only cause a warning. */
    private static final List<String> OF_LIBRARIES = List.of(
            "spark.acryl.",
            "spark.cassandra.",
            "spark.celeborn.",
            "spark.clickhouse.",
            "spark.comet.",
            "spark.couchbase.",
            "spark.databricks.",
            "spark.datahub.",
            "spark.datasource.",
            "spark.delta.",
            "spark.es.",
            "spark.gluten.",
            "spark.hbase.",
            "spark.hoodie.",
            "spark.iceberg.",
            "spark.jsl.",
            "spark.mlflow.",
            "spark.mongodb.",
            "spark.neo4j.",
            "spark.openlineage.",
            "spark.rapids.",
            "spark.redis.",
            "spark.rss.",
            "spark.sedona.",
            "spark.snowflake.",
            "spark.sql.delta.",
            "spark.sql.gluten.",
            "spark.sql.hudi.",
            "spark.sql.iceberg.",
            "spark.synapse.",
            "spark.xgboost.");

    /** Parameters of servlet filters for Spark's pages: the full name of the filter's class, then the parameter. */
    private static final Pattern FILTER = Pattern.compile("spark\\.[\\w.$]+\\.params?(\\..*)?");

    /** With more changed letters it is another namespace. */
    private static final int SLIPS = 2;

    private OpenNamespaces() {}

    /** Whether a name is in one of these namespaces. */
    static boolean contain(String name) {
        return OF_SPARK.stream().anyMatch(name::startsWith)
                || OF_LIBRARIES.stream().anyMatch(name::startsWith)
                || FILTER.matcher(name).matches();
    }

    /**
     * The name in a namespace of Spark that was most likely meant.
     *
     * @param known whether names of known properties start like this
     */
    static Optional<String> nearest(String name, Predicate<String> known) {
        return OF_SPARK.stream()
                .flatMap(space -> start(name, words(space)).stream()
                        .filter(start -> Spelling.distance(start, space) <= SLIPS)
                        .filter(start -> !known.test(start))
                        .map(start -> space + name.substring(start.length())))
                .findFirst();
    }

    private static int words(String space) {
        return (int) space.chars().filter(letter -> letter == '.').count();
    }

    private static Optional<String> start(String name, int words) {
        int end = 0;
        for (int word = 0; word < words && end >= 0; word++) {
            end = name.indexOf('.', end) + 1;
            if (end == 0) {
                return Optional.empty();
            }
        }
        return Optional.of(name.substring(0, end));
    }
}
