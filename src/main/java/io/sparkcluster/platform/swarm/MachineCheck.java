package io.sparkcluster.platform.swarm;

import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.VersionOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checks the facts that machines reported.
 *
 * @param settings the machines as they are described
 * @param plan the cluster to be made
 * @param facts the facts of the machines that answered
 */
record MachineCheck(SwarmSettings settings, ClusterPlan plan, Map<Machine, MachineFacts> facts) {

    /** Keeps its own copy, in the order of the machines. */
    MachineCheck {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** Room for the unpacked images of all roles and for scratch files. */
    private static final long LEAST_DISK_MEBIBYTES = 3072;

    /** A machine that has the images needs room for scratch files only. */
    private static final long LEAST_WORKING_MEBIBYTES = 512;

    /** A machine whose clock is behind does not accept the Swarm's certificates. The answers themselves come a second or two apart. */
    private static final long CLOCK_SECONDS = 30;

    private static final int USUAL_MTU = 1500;

    List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        facts.forEach((machine, fact) -> {
            if (rights(machine, fact, problems)) {
                docker(machine, fact, problems);
                swarm(machine, fact, problems);
                room(machine, fact, problems);
                network(machine, fact, problems);
                workspace(machine, fact, problems);
            }
        });
        mtu(problems);
        problems.addAll(new MachineCapacity(settings, plan, facts).problems());
        twice(problems);
        clocks(problems);
        return problems;
    }

    private static void add(
            List<Problem> problems, Machine machine, String field, String value, String rule, String remedy) {
        problems.add(new Problem("swarm.machines." + machine.name() + field, value, rule, remedy));
    }

    private static boolean rights(Machine machine, MachineFacts fact, List<Problem> problems) {
        if (fact.is("sudo", "yes")) {
            return true;
        }
        add(
                problems,
                machine,
                ".user",
                machine.login().user(),
                "this user may not use sudo without a password"
                        + (fact.is("docker", "none") ? ", and Docker is not there and would have to be installed" : ""),
                "Log in as root, or allow it: echo '" + machine.login().user()
                        + " ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/"
                        + machine.login().user());
        return false;
    }

    private static void docker(Machine machine, MachineFacts fact, List<Problem> problems) {
        String version = fact.text("docker");
        if (version.equals("none")) {
            if (fact.is("installer", "none")) {
                add(
                        problems,
                        machine,
                        "",
                        machine.login().address(),
                        "it has no Docker, and no apt-get to install it with",
                        "Install Docker 20.10 or newer on it");
            }
        } else if (VersionOrder.isOlder(version, "20.10")) {
            add(
                    problems,
                    machine,
                    "",
                    "Docker " + version,
                    "it must be 20.10 or newer",
                    "Upgrade Docker on " + machine.name());
        }
    }

    private static void swarm(Machine machine, MachineFacts fact, List<Problem> problems) {
        String state = fact.text("swarm");
        if (state.equals("locked")) {
            add(
                    problems,
                    machine,
                    "",
                    machine.login().address(),
                    "its Swarm is locked",
                    "Unlock it there with docker swarm unlock, then repeat");
        }
    }

    private void room(Machine machine, MachineFacts fact, List<Problem> problems) {
        boolean hasImages = fact.number("images").orElse(0) > 0;
        long least = hasImages ? LEAST_WORKING_MEBIBYTES : LEAST_DISK_MEBIBYTES;
        fact.number("disk").ifPresent(free -> {
            if (free < least) {
                add(
                        problems,
                        machine,
                        "",
                        free + " MiB free",
                        "images and scratch files need at least " + least + " MiB where Docker keeps its files",
                        "Make room there (docker system df shows what Docker has)");
            }
        });
    }

    private void network(Machine machine, MachineFacts fact, List<Problem> problems) {
        if (!fact.words("addresses").contains(machine.swarmAddress())) {
            add(
                    problems,
                    machine,
                    ".address",
                    machine.swarmAddress(),
                    "the machine does not have this address; it has " + String.join(", ", fact.words("addresses")),
                    "Set it to the one by which the other machines reach it");
        }
        String publish = plan.spec().security().publishAddress();
        if (machine.equals(settings.managing())
                && !List.of("127.0.0.1", "0.0.0.0").contains(publish)
                && !fact.words("addresses").contains(publish)) {
            problems.add(new Problem(
                    "security.publishAddress",
                    publish,
                    "it must be an address of the manager, which has " + String.join(", ", fact.words("addresses")),
                    "Choose one of them, or 127.0.0.1 to come through an SSH tunnel"));
        }
    }

    /** Compares the MTU with that of the machine whose network carries the smallest packets. */
    private void mtu(List<Problem> problems) {
        long inside = settings.mtu().orElse(USUAL_MTU - SwarmPlatform.overhead());
        facts.entrySet().stream()
                .filter(entry -> entry.getValue().number("mtu").isPresent())
                .min(Comparator.comparingLong(
                        entry -> entry.getValue().number("mtu").getAsLong()))
                .ifPresent(least -> {
                    long carried = least.getValue().number("mtu").getAsLong();
                    if (inside + SwarmPlatform.overhead() > carried) {
                        problems.add(new Problem(
                                "swarm.mtu",
                                settings.mtu().map(String::valueOf).orElse("(default)"),
                                "packets of " + least.getKey().name() + "'s network carry " + carried + " bytes, "
                                        + SwarmPlatform.overhead()
                                        + " of which the overlay needs; larger ones would be lost without a word",
                                "Set swarm.mtu to " + (carried - SwarmPlatform.overhead()) + " or less"));
                    }
                });
    }

    private void workspace(Machine machine, MachineFacts fact, List<Problem> problems) {
        String state = fact.text("folder");
        settings.workspace()
                .hostFolder()
                .filter(folder -> !state.equals("writable"))
                .ifPresent(folder -> problems.add(new Problem(
                        "swarm.workspace.hostPath",
                        folder + " on " + machine.name(),
                        state.equals("missing")
                                ? "there is no such folder"
                                : "the cluster's user (185) may not write there",
                        state.equals("missing")
                                ? "Mount the share there that all machines have, or name another folder"
                                : "Give it to that user on the share: chown 185 " + folder)));
    }

    /** Finds a machine that is named twice, under two addresses, by its host keys. */
    private void twice(List<Problem> problems) {
        var seen = new TreeMap<String, Machine>();
        facts.forEach((machine, fact) -> {
            Machine other = fact.text("key").isEmpty() ? null : seen.putIfAbsent(fact.text("key"), machine);
            if (other != null) {
                add(
                        problems,
                        machine,
                        ".host",
                        machine.login().address(),
                        "it has the host keys of " + other.name() + ": it is the same machine, or a copy of it",
                        "Remove one of the two, or give the copy host keys of its own");
            }
        });
    }

    private void clocks(List<Problem> problems) {
        var times = new LongSummaryStatistics();
        var said = new TreeSet<String>();
        facts.forEach((machine, fact) -> fact.number("clock").ifPresent(time -> {
            times.accept(time);
            said.add(machine.name() + " " + time);
        }));
        if (times.getCount() > 1 && times.getMax() - times.getMin() > CLOCK_SECONDS) {
            problems.add(
                    new Problem(
                            "swarm.machines",
                            String.join(", ", said),
                            "their clocks are " + (times.getMax() - times.getMin())
                                    + " s apart, and a Swarm's certificates need " + CLOCK_SECONDS + " s or less",
                            "Let all machines take their time from the same source, for example with systemd-timesyncd or chrony"));
        }
    }
}
