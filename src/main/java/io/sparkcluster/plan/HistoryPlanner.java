package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.plan.ImageContract.Role;
import io.sparkcluster.plan.ImageContract.Variable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The history server, the volume that drivers share with it, and what drivers write there. See <a
 * href="https://spark.apache.org/docs/latest/monitoring.html#viewing-after-the-fact">Viewing After the Fact</a>.
 */
final class HistoryPlanner {

    private static final String VOLUME = "events";

    /** How long a finished application may be missing from the page. Spark's default is twice that. */
    private static final String UPDATE_INTERVAL = "5s";

    private static final String CLEANER_INTERVAL = "1h";

    /** How many applications' pages stay in memory; others are read again from their logs. */
    private static final String APPLICATIONS_IN_MEMORY = "10";

    private static final String ALIVE = "/api/v1/version";

    private HistoryPlanner() {}

    /** The history server's kind, if there is a history. */
    static List<NodeKind> kinds(ClusterSpec spec) {
        return spec.history().enabled() ? List.of(NodeKind.HISTORY) : List.of();
    }

    /** The volume of event logs. */
    static Optional<VolumePlan> volume(ClusterSpec spec) {
        return spec.history().enabled()
                ? Optional.of(new VolumePlan(
                        VOLUME,
                        spec.name() + "-" + VOLUME,
                        ImageContract.EVENT_LOGS,
                        "history.enabled",
                        false,
                        spec.workspace().retain(),
                        Optional.of(spec.history().volumeSize()),
                        true))
                : Optional.empty();
    }

    /** The mount of event logs in a node or pod with drivers. */
    static List<Mount> driverMounts(ClusterSpec spec) {
        return spec.history().enabled() ? List.of(mount()) : List.of();
    }

    private static Mount mount() {
        return new Mount.Shared(VOLUME, ImageContract.EVENT_LOGS);
    }

    /** The variables of a node with drivers. */
    static Map<String, String> driverEnvironment(ClusterSpec spec) {
        return spec.history().enabled() ? Map.of(Variable.EVENT_LOG_FOLDER, folder(spec)) : Map.of();
    }

    /** The cluster's own folder, since several clusters may share the volume. */
    private static String folder(ClusterSpec spec) {
        return ImageContract.EVENT_LOGS + "/.sparkcluster/events/" + spec.name();
    }

    /** Adds the properties of drivers. */
    static void applications(ClusterSpec spec, PlannedProperties properties) {
        if (!spec.history().enabled()) {
            return;
        }
        properties.fixed("spark.eventLog.enabled", "true", "set history.enabled");
        properties.fixed("spark.eventLog.dir", "file:" + folder(spec), "set history.enabled");
        properties.fixed("spark.eventLog.rolling.enabled", "true");
        properties.fixed(
                "spark.eventLog.rolling.maxFileSize",
                spec.history().maxFileSize().spark(),
                "set history.maxFileSize");
        properties.fixed("spark.eventLog.compress", "true");
    }

    /** The properties of the history server. */
    static PlannedProperties server(ClusterSpec spec) {
        var properties = new PlannedProperties();
        properties.fixed("spark.history.fs.logDirectory", "file:" + folder(spec));
        properties.fixed("spark.history.ui.port", Ports.HISTORY_UI.toString(), "set history.port");
        properties.fixed("spark.history.fs.update.interval", UPDATE_INTERVAL);
        properties.fixed("spark.history.fs.cleaner.enabled", "true");
        properties.fixed("spark.history.fs.cleaner.interval", CLEANER_INTERVAL);
        properties.fixed(
                "spark.history.fs.cleaner.maxAge", spec.history().maxAge().toSeconds() + "s", "set history.maxAge");
        properties.fixed(
                "spark.history.fs.cleaner.maxNum",
                Integer.toString(spec.history().maxApplications()),
                "set history.maxApplications");
        properties.fixed(
                "spark.history.fs.eventLog.rolling.maxFilesToRetain",
                Integer.toString(spec.history().maxFiles()),
                "set history.maxFiles");
        properties.fixed("spark.history.retainedApplications", APPLICATIONS_IN_MEMORY);
        return properties;
    }

    /** The history server, if there is a history. It needs no other node, not even a master. */
    static List<NodeSpec> nodes(NodePlanner nodes) {
        var spec = nodes.spec();
        if (!spec.history().enabled()) {
            return List.of();
        }
        var environment = new TreeMap<>(driverEnvironment(spec));
        environment.put(Variable.DAEMON_MEMORY, heap(spec));
        environment.put(Variable.HISTORY_UI_PORT, Ports.HISTORY_UI.toString());
        return List.of(nodes.node(
                group(spec),
                1,
                Role.HISTORY,
                environment,
                Set.of(),
                server(spec).values(),
                List.of(new ListenPort(
                        "ui",
                        Ports.HISTORY_UI,
                        Optional.of(new Endpoint(
                                "historyUrl",
                                spec.history().port(),
                                "history.port",
                                "the history server's page",
                                "no password",
                                true)))),
                nodes.daemonMounts(false, mount()),
                new Probe.Http(Ports.HISTORY_UI, ALIVE),
                new ResourceLimits(spec.history().cpus(), spec.history().memory(), "history.cpus", "history.memory"),
                StopPolicy.within(NodePlanner.SHORT_GRACE),
                Optional.empty()));
    }

    private static String heap(ClusterSpec spec) {
        return spec.history().memory().percent(Sizing.MASTER_HEAP_PERCENT).spark();
    }

    private static NodeGroup group(ClusterSpec spec) {
        return NodeGroup.only(spec.name(), NodeKind.HISTORY, Traits.ALONE, Set.of());
    }

    /** The history server's host name, if there is a history. */
    static List<String> hosts(NodePlanner nodes) {
        return nodes.spec().history().enabled()
                ? List.of(nodes.naming().name(group(nodes.spec()), 1).host())
                : List.of();
    }

    /** The options with which the smoke test looks for its job on the history server. */
    static List<String> smokeTestOptions(NodePlanner nodes) {
        return hosts(nodes).stream()
                .flatMap(host -> Stream.of("--history", "http://" + host + ":" + Ports.HISTORY_UI))
                .toList();
    }
}
