package io.sparkcluster.platform.swarm;

import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ClusterUser;
import io.sparkcluster.platform.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Looks at the machines before anything is made or changed, all at the same time: who lets us in, what is installed, whether they belong to another Swarm, whether they reach each
 * other. What a machine says is judged by {@link MachineCheck}.
 */
public final class SwarmPreflight {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_AT_A_TIME = 16;

    private final SwarmSettings settings;
    private final MachineShell shell;

    /** Asks by {@code ssh}. */
    public SwarmPreflight(SwarmSettings settings) {
        this(
                settings,
                (machine, script) -> Processes.run(
                        PATIENCE,
                        Map.of(),
                        List.of("ssh", "-F", SshConfig.path(settings).toString(), machine.name(), "bash -s -- look"),
                        script));
    }

    SwarmPreflight(SwarmSettings settings, MachineShell shell) {
        this.settings = settings;
        this.shell = shell;
    }

    /** Runs a script on a machine. */
    interface MachineShell {
        Processes.Result run(Machine machine, String script);
    }

    /**
     * Everything that stands in the way.
     *
     * @param plan the cluster that is to be made
     */
    public List<Problem> check(ClusterPlan plan) {
        var problems = new ArrayList<>(unknownKeys());
        if (!problems.isEmpty()) {
            return problems;
        }
        SshConfig.write(settings);
        var answers = ask(settings.machines().values().stream()
                .map(machine -> Map.entry(machine, probe(machine)))
                .toList());
        var facts = new LinkedHashMap<Machine, MachineFacts>();
        answers.forEach((machine, answer) -> {
            if (answer.code() == 0) {
                facts.put(machine, MachineFacts.parse(answer.output()));
            } else {
                problems.add(SshFailure.of(machine, answer.error()));
            }
        });
        problems.addAll(new MachineCheck(settings, plan, facts).problems());
        problems.addAll(blockedPorts(List.copyOf(facts.keySet())));
        return problems;
    }

    private List<Problem> unknownKeys() {
        var problems = new ArrayList<Problem>();
        var logins = new LinkedHashMap<String, Login>();
        settings.machines().forEach((name, machine) -> logins.put("swarm.machines." + name, machine.login()));
        settings.jumpHost().ifPresent(login -> logins.put("swarm.jumpHost", login));
        logins.forEach((field, login) -> {
            login.keyFile()
                    .map(SwarmSettings::userFile)
                    .filter(file -> !file.toFile().canRead())
                    .ifPresent(file -> problems.add(new Problem(
                            field + ".keyFile",
                            file.toString(),
                            "there is no such file, or you may not read it",
                            "Name the file of a private key" + testBed())));
            if (KnownHosts.key(login, settings.knownHosts()).isEmpty()) {
                problems.add(new Problem(
                        field + ".hostKey",
                        login.address(),
                        "the host key of this machine is not known: neither is it set here, nor is it in "
                                + settings.knownHosts(),
                        "Log in once with ssh and compare what it shows, or set hostKey to the machine's"
                                + " /etc/ssh/ssh_host_ed25519_key.pub" + testBed()));
            }
        });
        return problems;
    }

    private String testBed() {
        return settings.knownHosts().toString().contains("swarm-testbed")
                ? "; for the test bed that this stack is for: make testbed-swarm-up"
                : "";
    }

    private String probe(Machine machine) {
        String folder = settings.workspace() instanceof SwarmWorkspace.HostPath path ? path.path() : "";
        return "set -uo pipefail\n"
                + Scripts.assignments(Map.of(
                        "PROBE_ADDRESS", Scripts.word(machine.swarmAddress()),
                        "PROBE_FOLDER", Scripts.word(folder),
                        "PROBE_USER", Integer.toString(ClusterUser.ID),
                        "SUDO", Scripts.word(machine.login().sudo()),
                        "SWARM", Scripts.word(settings.name())))
                + Scripts.file("probe.sh") + "\n{ \"$1\" </dev/null; exit; }\n";
    }

    /** Told apart from a machine that is down: every machine here has answered before. */
    private List<Problem> blockedPorts(List<Machine> machines) {
        var scripts = machines.stream()
                .map(from -> Map.entry(
                        from,
                        "set -uo pipefail\n"
                                + Scripts.assignments(Map.of("TARGETS", Scripts.list(targets(from, machines))))
                                + Scripts.file("ports.sh") + "\n{ \"$1\" </dev/null; exit; }\n"))
                .filter(entry -> machines.size() > 1)
                .toList();
        var blocked = new TreeMap<String, Problem>();
        ask(scripts).forEach((from, answer) -> answer.output().lines().forEach(line -> {
            String[] parts = line.split(" ", -1);
            blocked.putIfAbsent(
                    parts[0] + from.name() + parts[1],
                    new Problem(
                            "swarm.machines." + parts[0],
                            "port " + parts[1] + " from " + from.name(),
                            "the machine is up, but what " + from.name() + " sends to this port is "
                                    + (parts[2].equals("silent") ? "dropped" : "rejected") + " on the way",
                            "Let the machines reach each other on 2377/tcp (the manager), 7946/tcp, 7946/udp and 4789/udp"));
        }));
        return List.copyOf(blocked.values());
    }

    private List<String> targets(Machine from, List<Machine> machines) {
        var targets = new ArrayList<String>();
        for (Machine to : machines) {
            if (!to.equals(from)) {
                if (to.name().equals(settings.manager())) {
                    targets.add(to.name() + ":" + to.swarmAddress() + ":2377");
                }
                targets.add(to.name() + ":" + to.swarmAddress() + ":7946");
            }
        }
        return targets;
    }

    private Map<Machine, Processes.Result> ask(List<Map.Entry<Machine, String>> scripts) {
        var answers = new LinkedHashMap<Machine, Processes.Result>();
        if (scripts.isEmpty()) {
            return answers;
        }
        var pool = Executors.newFixedThreadPool(Math.min(MOST_AT_A_TIME, scripts.size()));
        try {
            var asked = pool.invokeAll(scripts.stream()
                    .map(entry -> (Callable<Processes.Result>) () -> shell.run(entry.getKey(), entry.getValue()))
                    .toList());
            for (int i = 0; i < scripts.size(); i++) {
                answers.put(scripts.get(i).getKey(), asked.get(i).get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a machine could not be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while machines were asked", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
