package io.sparkcluster.live;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The machines of the Swarm's test bed, past sshd, as somebody at their consoles would see and treat them. */
final class TestMachines {

    /** Reached from anywhere; Docker is there. */
    static final String ALPHA = "alpha";

    /** Reached through alpha only; Docker is there. */
    static final String BETA = "beta";

    /** Reached from anywhere; has no Docker. */
    static final String GAMMA = "gamma";

    static final Map<String, String> ADDRESS = Map.of(ALPHA, "10.99.0.11", BETA, "10.99.0.12", GAMMA, "10.99.0.13");

    /** The same on all machines. */
    static final String SHARE = "/srv/spark-workspace";

    private static final String BED = "swarm-testbed";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private TestMachines() {}

    /** Where the test bed keeps its keys. */
    static Path state() {
        return Path.of(Optional.ofNullable(System.getenv("SPARK_CLUSTER_SWARM_TESTBED"))
                .orElseThrow(() -> new IllegalStateException(
                        "the test bed is not there: make testbed-swarm-up, then eval \"$(make -s env)\"")));
    }

    /** A stack on all three machines: the master and the edge node on alpha, workers on the others. */
    static Map<String, String> stack() {
        var values = new TreeMap<>(Map.of(
                "platform",
                "swarm",
                "swarm.user",
                "admin",
                "swarm.keyFile",
                state().resolve("id_ed25519").toString(),
                "swarm.knownHosts",
                state().resolve("known_hosts").toString(),
                "swarm.manager",
                ALPHA,
                "swarm.jumpHost.host",
                ADDRESS.get(ALPHA),
                "swarm.machines.beta.behindJumpHost",
                "true",
                "swarm.workspace.hostPath",
                SHARE,
                // All machines share the CPUs of this one.
                "swarm.cpuReservationPercent",
                "5"));
        ADDRESS.forEach((name, address) -> {
            values.put("swarm.machines." + name + ".host", address);
            values.put("swarm.machines." + name + ".labels.role", name.equals(ALPHA) ? "head" : "compute");
        });
        values.put("swarm.placement.master.role", "head");
        values.put("swarm.placement.edge.role", "head");
        values.put("swarm.placement.workers.role", "compute");
        return values;
    }

    /** Runs a command as root. */
    static Shell.Result on(String machine, String... command) {
        return Shell.run(LIMIT, Path.of("."), Map.of(), words(machine, command).toArray(String[]::new));
    }

    /** The words that run a command on a machine as root. */
    static List<String> words(String machine, String... command) {
        var words = new ArrayList<>(List.of("docker", "exec", container(machine)));
        words.addAll(List.of(command));
        return words;
    }

    /** Runs a line of shell as root. */
    static Shell.Result sh(String machine, String line) {
        return on(machine, "sh", "-c", line);
    }

    /** The power cut. */
    static void kill(String machine) {
        Shell.docker("kill", container(machine)).orFail();
    }

    /** Down as an administrator does it, and up again. */
    static void reboot(String machine) {
        Shell.docker("restart", "--time", "60", container(machine)).orFail();
        start();
    }

    /** Starts those that are down. */
    static void start() {
        Shell.run(LIMIT, Path.of("."), Map.of(), "testbed/swarm/up").orFail();
    }

    /** What a service's task on a machine runs from. */
    static String image(String machine, String service) {
        return on(
                        machine,
                        "docker",
                        "inspect",
                        "--format",
                        "{{.Image}}",
                        tasks(machine, service).get(0))
                .orFail()
                .text()
                .strip();
    }

    /** What runs of a service on a machine, by container. */
    static List<String> tasks(String machine, String service) {
        return on(
                        machine,
                        "docker",
                        "ps",
                        "--quiet",
                        "--no-trunc",
                        "--filter",
                        "label=com.docker.swarm.service.name=" + service)
                .orFail()
                .text()
                .lines()
                .toList();
    }

    /** What a Swarm and its cluster would leave on a machine, and a machine before it never had. */
    static String traces(String machine) {
        return sh(
                        machine,
                        "ls -d /var/lib/sparkcluster 2>/dev/null; "
                                + "if command -v docker >/dev/null; then docker info --format '{{.Swarm.LocalNodeState}}' | grep -v '^inactive$'; "
                                + "docker ps -aq; docker volume ls -q; docker network ls --format '{{.Name}}' | grep -vE '^(bridge|host|none)$'; fi; "
                                + "id -nG admin | grep -w docker; true")
                .orFail()
                .text();
    }

    private static String container(String machine) {
        return BED + "-" + machine;
    }
}
