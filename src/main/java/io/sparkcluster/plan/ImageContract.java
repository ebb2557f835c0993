package io.sparkcluster.plan;

import java.util.List;

/**
 * The contract between images and plans: folders, programs, roles and variables. No other class names them. The other side is {@code images/}, whose
 * {@code README.md} documents the contract for custom images. Folders are the same on every node, as Spark's {@code file:} paths demand.
 */
final class ImageContract {

    static final String WORKSPACE = "/workspace";

    /** Shuffle files and spilled data: never on the shared workspace, where they would cross the network. */
    static final String SCRATCH = "/scratch";

    static final String RECOVERY = "/var/lib/spark/recovery";

    /** Where drivers and the history server see the volume with the logs of applications. */
    static final String EVENT_LOGS = "/var/lib/spark/events";

    /** Where a node's entry point makes the folder of Spark's configuration, which is its user's own. */
    static final String CONFIGURATION = "/opt/spark/conf";

    static final String HOME = "/home/spark";
    static final String TEMPORARY = "/tmp";

    /** The parent of everything that a platform puts into a running node. */
    private static final String GIVEN = "/run/spark-cluster/";

    /** Where a node finds the templates of pods that it requests. */
    static final String TEMPLATES = GIVEN + "pods";

    private static final String PROGRAMS = "/opt/sparkcluster/bin/";

    /** Writes the configuration, then becomes the process of a role. */
    static final String ENTRY_POINT = PROGRAMS + "entrypoint";

    /** Hands over the blocks of a worker or an executor before it is stopped. */
    static final String DECOMMISSION = PROGRAMS + "decommission";

    static final String SMOKE_TEST = PROGRAMS + "smoke-test";
    static final String PYTHON = "/usr/bin/python3";

    private static final String HEALTHY = PROGRAMS + "healthy";
    private static final String DRIVER = PROGRAMS + "driver";
    private static final String TINI = "/usr/bin/tini";

    private ImageContract() {}

    /** The command that ends with 0 when the role is ready. */
    static List<String> healthy(Role role) {
        return List.of(HEALTHY, role.word());
    }

    /** The process that replaces the entry point where Spark itself mounts the configuration of a driver. */
    static List<String> driver() {
        return List.of(TINI, "--", DRIVER);
    }

    /** The folder in which a node finds a secret. */
    static String secrets(String name) {
        return GIVEN + name;
    }

    /** The roles of the entry point. That of executor pods is not among them: Spark itself passes it. */
    enum Role {
        MASTER,
        WORKER,
        HISTORY,
        JUPYTERLAB;

        /** The argument of the entry point. */
        String word() {
            return switch (this) {
                case MASTER -> "master";
                case WORKER -> "worker";
                case HISTORY -> "history";
                case JUPYTERLAB -> "jupyterlab";
            };
        }
    }

    /** The variables that configure a node. Proxy variables follow a common convention and are not part of the contract. */
    static final class Variable {

        /** The text of {@code spark-defaults.conf}. */
        static final String DEFAULTS = "SPARK_DEFAULTS";

        /** The file with the secret that authenticates Spark's connections. */
        static final String AUTH_SECRET_FILE = "SPARK_AUTH_SECRET_FILE";

        /** The file with further, secret lines of {@code spark-defaults.conf}. */
        static final String SECRET_DEFAULTS_FILE = "SPARK_SECRET_DEFAULTS_FILE";

        static final String DAEMON_MEMORY = "SPARK_DAEMON_MEMORY";
        static final String LOCAL_DIRS = "SPARK_LOCAL_DIRS";

        /** The name under which others find a node. */
        static final String LOCAL_HOSTNAME = "SPARK_LOCAL_HOSTNAME";

        static final String MASTER_HOST = "SPARK_MASTER_HOST";
        static final String MASTER_PORT = "SPARK_MASTER_PORT";
        static final String MASTER_UI_PORT = "SPARK_MASTER_WEBUI_PORT";

        static final String MASTER_URL = "SPARK_MASTER_URL";

        /** How many seconds a worker waits for its master before it starts anyway. */
        static final String MASTER_WAIT = "SPARK_MASTER_WAIT";

        static final String WORKER_CORES = "SPARK_WORKER_CORES";
        static final String WORKER_MEMORY = "SPARK_WORKER_MEMORY";
        static final String WORKER_DIR = "SPARK_WORKER_DIR";
        static final String WORKER_PORT = "SPARK_WORKER_PORT";
        static final String WORKER_UI_PORT = "SPARK_WORKER_WEBUI_PORT";

        /** How many seconds executors have to hand over their blocks. */
        static final String DECOMMISSION_TIMEOUT = "SPARK_DECOMMISSION_TIMEOUT";

        /** Where the edge node asks the master for the number of cores. */
        static final String MASTER_UI_URL = "SPARK_MASTER_UI_URL";

        /** How many applications share the cores. */
        static final String CONCURRENT_APPLICATIONS = "SPARK_CONCURRENT_APPLICATIONS";

        /** Java options of drivers on the edge node, and of no other drivers. */
        static final String CLIENT_OPTIONS = "SPARK_CLIENT_OPTIONS";

        /** The folder of event logs, which a node creates before anything is written there. */
        static final String EVENT_LOG_FOLDER = "SPARK_EVENT_LOG_FOLDER";

        static final String HISTORY_UI_PORT = "SPARK_HISTORY_UI_PORT";

        static final String JUPYTER_PORT = "JUPYTER_PORT";
        static final String JUPYTER_TOKEN_FILE = "JUPYTER_TOKEN_FILE";

        /** {@code false} where executors do not see the edge node's workspace. */
        static final String WORKSPACE_SHARED = "SPARKCLUSTER_WORKSPACE_SHARED";

        private Variable() {}
    }
}
