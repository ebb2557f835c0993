package io.sparkcluster.platform.swarm;

import com.google.gson.JsonObject;
import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ClusterUser;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.Processes;
import io.sparkcluster.platform.ShellWord;
import io.sparkcluster.platform.images.ArchitectureRules;
import io.sparkcluster.platform.ssh.SshFailure;
import io.sparkcluster.platform.ssh.SshHosts;
import io.sparkcluster.platform.ssh.SshLogin;
import io.sparkcluster.platform.ssh.SshScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Checks all machines in parallel before anything is made or changed: whether SSH can log in, what is installed, whether a machine belongs to another
 * Swarm, whether the machines reach each other. {@link MachineCheck} and {@link MachineOwnership} judge the machines' answers.
 */
final class SwarmPreflight {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_AT_A_TIME = 16;
    private static final int ADOPT_SECONDS = 60;
    private static final String LOOK = "bash -s -- look";

    private final SwarmSettings settings;
    private final MachineShell shell;
    private final Supplier<SwarmState> state;
    private final Wording wording;

    /** The machines' answers to the last {@link #check}. */
    private final Map<Machine, MachineFacts> facts = new LinkedHashMap<>();

    /** Asks the machines by {@code ssh}. */
    SwarmPreflight(SwarmSettings settings) {
        this(
                settings,
                (machine, command, script) -> settings.hosts().run(LIMIT, machine.host(), command, script),
                () -> SwarmState.NOTHING);
    }

    SwarmPreflight(SwarmSettings settings, MachineShell shell, Supplier<SwarmState> state) {
        this(settings, shell, state, Wording.neutral());
    }

    private SwarmPreflight(SwarmSettings settings, MachineShell shell, Supplier<SwarmState> state, Wording wording) {
        this.settings = settings;
        this.shell = shell;
        this.state = state;
        this.wording = wording;
    }

    /**
     * The same check with the stack's state, which shows what the stack made in releases that did not note owners, and which machines it has.
     *
     * @param resources the state's resources; read only if needed
     */
    SwarmPreflight withState(Supplier<List<JsonObject>> resources) {
        return new SwarmPreflight(settings, shell, SwarmState.of(resources), wording);
    }

    /** The same check with other words for what the reader can do. Default: {@link Wording#neutral}. */
    SwarmPreflight withWording(Wording words) {
        return new SwarmPreflight(settings, shell, state, words);
    }

    /** Runs a script on a machine. */
    interface MachineShell {
        Processes.Result run(Machine machine, String command, String script);
    }

    /**
     * Everything that stands in the way of the cluster.
     *
     * @param plan the cluster to be made
     * @param ownership the cluster's owner, whose things are not in the way
     * @throws IllegalStateException when asking the machines was interrupted or failed unexpectedly
     * @throws java.io.UncheckedIOException when the configuration of {@code ssh} cannot be written
     */
    List<Problem> check(ClusterPlan plan, Ownership ownership) {
        var problems = new ArrayList<>(unknownKeys());
        if (!problems.isEmpty()) {
            return problems;
        }
        settings.hosts().writeConfig();
        facts.clear();
        ask(
                        LOOK,
                        settings.machines().values().stream()
                                .map(machine -> Map.entry(machine, probe(plan, machine)))
                                .toList())
                .forEach((machine, answer) -> {
                    if (answer.code() == 0) {
                        facts.put(machine, MachineFacts.parse(answer.output()));
                    } else {
                        problems.add(lost(machine, SshFailure.of(field(machine), machine.host(), answer.error())));
                    }
                });
        problems.addAll(new MachineCheck(settings, plan, facts).problems());
        problems.addAll(new MachineOwnership(settings, plan, ownership.owner(), facts, state, wording).problems());
        problems.addAll(blockedPorts(List.copyOf(facts.keySet())));
        return problems;
    }

    /**
     * Machines that cannot run the images that are built for them. Call it after {@link #check}.
     *
     * @param images the architecture of these images
     */
    List<Problem> architectures(String images) {
        var known = new LinkedHashMap<String, String>();
        facts.forEach((machine, fact) -> ArchitectureRules.name(fact.text("architecture"))
                .ifPresent(architecture -> known.put(machine.name(), architecture)));
        return ArchitectureRules.problems(name -> "swarm.machines." + name, known, images, wording);
    }

    private static String field(Machine machine) {
        return "swarm.machines." + machine.name();
    }

    private List<Problem> unknownKeys() {
        var problems = new ArrayList<Problem>();
        var logins = new LinkedHashMap<String, SshLogin>();
        settings.machines().values().forEach(machine -> logins.put(field(machine), machine.login()));
        settings.jumpHost().ifPresent(login -> logins.put("swarm.jumpHost", login));
        logins.forEach((field, login) -> {
            login.keyFile()
                    .map(SshHosts::userFile)
                    .filter(file -> !file.toFile().canRead())
                    .ifPresent(file -> problems.add(new Problem(
                            field + ".keyFile",
                            file.toString(),
                            "there is no such file, or you may not read it",
                            "Name the file of a private key" + testMachines())));
            if (settings.hosts().hostKey(login).isEmpty()) {
                problems.add(new Problem(
                        field + ".hostKey",
                        login.address(),
                        "the host key of this machine is not known: neither is it set here, nor is it in "
                                + settings.knownHosts(),
                        "Log in once with ssh and compare what it shows, or set hostKey to the machine's"
                                + " /etc/ssh/ssh_host_ed25519_key.pub" + testMachines()));
            }
        });
        return problems;
    }

    /** A user of the program may have no machines yet, or may have lost the keys of those that it makes. */
    private String testMachines() {
        return wording.install("swarm")
                .map(command -> ", or have machines for tests made, with their keys: " + command)
                .orElse("");
    }

    /**
     * Takes over what releases that noted no owner made, if the state shows that this stack made it. Call it only after {@link #check} found no
     * problems.
     *
     * @param write whether to note the owner on the machines; false in a preview
     * @param announce receives a message about what is taken over
     * @throws IllegalStateException when the owner could not be noted on a machine
     */
    void takeOver(ClusterPlan plan, Ownership ownership, boolean write, Consumer<String> announce) {
        var taken = new MachineOwnership(settings, plan, ownership.owner(), facts, state, wording).takenOver();
        if (taken.isEmpty()) {
            return;
        }
        String names = taken.keySet().stream().map(Machine::name).collect(Collectors.joining(", "));
        boolean old = facts.entrySet().stream()
                .anyMatch(fact -> taken.containsKey(fact.getKey()) && MachineOwnership.isWithoutOwner(fact.getValue()));
        announce.accept(
                old
                        ? "this stack's state shows that the Swarm of the cluster \"" + settings.name()
                                + "\", which an earlier release made, is its own: taking over " + names
                                + "; volumes stay as they are"
                        : "this stack's state shows that volumes without an owner are its own: noting that on "
                                + names);
        if (write) {
            taken.forEach((machine, volumes) -> {
                var values = new TreeMap<>(Scripts.owned(settings, ownership.owner()));
                values.put("VOLUMES", SshScript.list(volumes));
                var answer = shell.run(
                        machine,
                        SshScript.command(machine.login(), "adopt", ADOPT_SECONDS),
                        Scripts.of("adopt", values));
                if (answer.code() != 0) {
                    throw new IllegalStateException("the owner could not be noted on " + machine.name() + ": "
                            + answer.reason() + ". Mend that, then repeat");
                }
            });
        }
    }

    /** Extends the remedy for a machine of the stack that does not answer, since it may be gone for good. */
    private Problem lost(Machine machine, Problem problem) {
        if (!problem.field().endsWith(".host") || !state.get().machines().contains(machine.name())) {
            return problem;
        }
        return new Problem(
                problem.field(),
                problem.value(),
                problem.rule(),
                problem.remedy()
                        + (machine.equals(settings.managing())
                                ? "; it manages the Swarm, without which nothing of the stack can be changed"
                                : "; if the machine is gone for good, take it out of the stack"
                                        + wording.forgetMachine(machine.name())
                                                .map(command -> ": " + command)
                                                .orElse("")));
    }

    private String probe(ClusterPlan plan, Machine machine) {
        var names = new SwarmNames(settings, plan);
        String folder = settings.workspace().hostFolder().orElse("");
        return SshScript.running("set -uo pipefail\n"
                + SshScript.assignments(Map.of(
                        "PROBE_ADDRESS", ShellWord.of(machine.swarmAddress()),
                        "PROBE_CONTAINERS", ShellWord.of(String.join(" ", names.containers(machine))),
                        "PROBE_FOLDER", ShellWord.of(folder),
                        "PROBE_USER", Integer.toString(ClusterUser.ID),
                        "PROBE_VOLUMES", ShellWord.of(String.join(" ", names.volumes(machine))),
                        "SUDO", ShellWord.of(machine.login().sudo()),
                        "SWARM", ShellWord.of(settings.name())))
                + Scripts.file("probe.sh"));
    }

    /** Ports that something between the machines blocks. All these machines have answered, so that none of them is down. */
    private List<Problem> blockedPorts(List<Machine> machines) {
        var scripts = machines.stream()
                .map(from -> Map.entry(
                        from,
                        SshScript.running("set -uo pipefail\n"
                                + SshScript.assignments(Map.of("TARGETS", SshScript.list(targets(from, machines))))
                                + Scripts.file("ports.sh"))))
                .filter(entry -> machines.size() > 1)
                .toList();
        var blocked = new TreeMap<String, Problem>();
        ask(LOOK, scripts).forEach((from, answer) -> answer.output().lines().forEach(line -> {
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

    private Map<Machine, Processes.Result> ask(String command, List<Map.Entry<Machine, String>> scripts) {
        var answers = new LinkedHashMap<Machine, Processes.Result>();
        if (scripts.isEmpty()) {
            return answers;
        }
        var pool = Executors.newFixedThreadPool(Math.min(MOST_AT_A_TIME, scripts.size()));
        try {
            var asked = pool.invokeAll(scripts.stream()
                    .map(entry ->
                            (Callable<Processes.Result>) () -> shell.run(entry.getKey(), command, entry.getValue()))
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
