package io.sparkcluster.live;

import static io.sparkcluster.live.TestMachines.ALPHA;
import static io.sparkcluster.live.TestMachines.BETA;
import static io.sparkcluster.live.TestMachines.GAMMA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything is made on any machine, several mistakes at once. */
@Tag("live")
@Tag("swarm")
class SwarmWrongInputTest {

    private static final String ALPHA_ADDRESS = TestMachines.ADDRESS.get(ALPHA);
    private static final Duration SHORT = Duration.ofMinutes(1);

    @Test
    void machinesThatDoNotLetUsInAreToldApart(@TempDir Path folder) throws IOException {
        Path otherKey = folder.resolve("other");
        keygen(otherKey);
        Path otherHostKey = folder.resolve("otherhost");
        keygen(otherHostKey);

        String said = refusal(
                folder,
                Map.of(
                        "swarm.machines.alpha.hostKey",
                                Files.readString(Path.of(otherHostKey + ".pub")).strip(),
                        "swarm.machines.beta.keyFile", otherKey.toString(),
                        "swarm.machines.gamma.user", "nobody-here",
                        "swarm.machines.delta.host", "10.99.0.99",
                        "swarm.machines.delta.hostKey",
                                Files.readString(Path.of(otherHostKey + ".pub")).strip()));

        assertThat(said)
                .contains("swarm.machines.alpha.hostKey: " + ALPHA_ADDRESS, "another host key answers")
                .contains("swarm.machines.beta.user: admin@", "swarm.machines.gamma.user: nobody-here@")
                .contains("none of the keys")
                .contains("swarm.machines.delta.host: 10.99.0.99", "no SSH server answers there");
        untouched();
    }

    @Test
    void aUserWhoMayNotInstallDockerIsTold(@TempDir Path folder) {
        var copied = " && install -d -m 700 -o guest -g guest /home/guest/.ssh"
                + " && install -m 600 -o guest -g guest /home/admin/.ssh/authorized_keys /home/guest/.ssh/authorized_keys";
        TestMachines.sh(GAMMA, "useradd --create-home --shell /bin/bash guest" + copied)
                .orFail();
        try {
            assertThat(refusal(folder, Map.of("swarm.machines.gamma.user", "guest")))
                    .contains("swarm.machines.gamma.user: guest is refused", "may not use sudo", "Docker is not there");
        } finally {
            TestMachines.sh(GAMMA, "userdel --remove guest").orFail();
        }
        untouched();
    }

    @Test
    void twoNamesOfOneMachineAndLabelsThatNoneHasAreRefused(@TempDir Path folder) {
        assertThat(refusal(
                        folder,
                        Map.of("swarm.machines.again.host", ALPHA_ADDRESS, "swarm.placement.workers.role", "gpu")))
                .contains("it is the same machine as")
                .contains("swarm.placement.workers.role: gpu is refused", "no machine has this label");
    }

    /** A second address does not hide that it is the same machine. */
    @Test
    void aMachineUnderASecondAddressIsRecognized(@TempDir Path folder) {
        String twin = "10.99.0.21";
        TestMachines.sh(ALPHA, "ip address add " + twin + "/24 dev eth0").orFail();
        String key = TestMachines.sh(ALPHA, "cut -d ' ' -f 1,2 /etc/ssh/ssh_host_ed25519_key.pub")
                .orFail()
                .text()
                .strip();
        try {
            assertThat(refusal(folder, Map.of("swarm.machines.twin.host", twin, "swarm.machines.twin.hostKey", key)))
                    .contains("it is the same machine, or a copy of it");
        } finally {
            TestMachines.sh(ALPHA, "ip address del " + twin + "/24 dev eth0").orFail();
        }
        untouched();
    }

    @Test
    void portsMtuDiskAndClockAreLookedAt(@TempDir Path folder) {
        TestMachines.sh(
                        ALPHA,
                        "iptables -I INPUT -p tcp --dport 2377 -s " + TestMachines.ADDRESS.get(GAMMA) + " -j DROP")
                .orFail();
        TestMachines.sh(
                        BETA,
                        "iptables -I INPUT -p tcp --dport 7946 -s " + ALPHA_ADDRESS
                                + " -j REJECT --reject-with icmp-host-unreachable")
                .orFail();
        TestMachines.sh(BETA, "ip link set eth0 mtu 1400").orFail();
        TestMachines.sh(GAMMA, "mount -t tmpfs -o size=64m tmpfs /var/lib").orFail();
        // The clock of a container is the machine's; what tells the time there is not.
        TestMachines.sh(
                        BETA,
                        "printf '#!/bin/sh\\nexec /bin/date -d @$(( $(/bin/date +%%s) - 900 )) \"$@\"\\n' >/usr/local/bin/date && chmod +x /usr/local/bin/date")
                .orFail();
        try {
            assertThat(refusal(folder, Map.of()))
                    .contains("swarm.machines.alpha: port 2377 from gamma is refused", "is dropped on the way")
                    .contains("swarm.machines.beta: port 7946 from alpha is refused", "is rejected on the way")
                    .contains("swarm.mtu", "carry 1400 bytes", "Set swarm.mtu to 1350 or less")
                    .contains("swarm.machines.gamma: 64 MiB free is refused")
                    .contains("systemd-timesyncd or chrony")
                    .containsPattern("their clocks are (89|90)\\d s apart");
        } finally {
            TestMachines.sh(BETA, "rm -f /usr/local/bin/date").orFail();
            TestMachines.sh(GAMMA, "umount /var/lib").orFail();
            TestMachines.sh(
                            BETA,
                            "ip link set eth0 mtu 1500; iptables -D INPUT -p tcp --dport 7946 -s " + ALPHA_ADDRESS
                                    + " -j REJECT --reject-with icmp-host-unreachable")
                    .orFail();
            TestMachines.sh(
                            ALPHA,
                            "iptables -D INPUT -p tcp --dport 2377 -s " + TestMachines.ADDRESS.get(GAMMA) + " -j DROP")
                    .orFail();
        }
        untouched();
    }

    @Test
    void somebodyElsesSwarmIsNotTakenOver(@TempDir Path folder) {
        TestMachines.on(BETA, "docker", "swarm", "init", "--advertise-addr", TestMachines.ADDRESS.get(BETA))
                .orFail();
        try {
            assertThat(refusal(folder, Map.of()))
                    .contains("swarm.machines.beta", "it is in a Swarm that this stack did not make");
            TestMachines.sh(BETA, "docker swarm update --autolock && service docker restart")
                    .orFail();
            Shell.await("the Swarm is locked", SHORT, () -> TestMachines.sh(
                            BETA, "docker info --format '{{.Swarm.LocalNodeState}}'")
                    .text()
                    .contains("locked"));
            assertThat(refusal(folder.resolve("locked"), Map.of()))
                    .contains("its Swarm is locked", "docker swarm unlock");
        } finally {
            TestMachines.sh(BETA, "docker swarm leave --force && docker network rm docker_gwbridge")
                    .orFail();
        }
        untouched();
    }

    private static void keygen(Path file) {
        Shell.run(SHORT, Path.of("."), Map.of(), "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
                .orFail();
    }

    private static void untouched() {
        for (String machine : TestMachines.ADDRESS.keySet()) {
            assertThat(TestMachines.traces(machine)).as(machine).isEmpty();
        }
    }

    private static String refusal(Path folder, Map<String, String> values) {
        folder.toFile().mkdirs();
        try (var stack = LiveStack.create("wrong", folder)) {
            var all = new TreeMap<>(TestMachines.stack());
            all.putAll(values);
            stack.configure(all);
            String said = stack.failingUp();
            assertThat(said).doesNotContain("command:remote:Command", "sparkcluster:index:");
            return said;
        }
    }
}
