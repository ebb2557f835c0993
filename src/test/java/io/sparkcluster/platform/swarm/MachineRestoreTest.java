package io.sparkcluster.platform.swarm;

import static io.sparkcluster.platform.swarm.MachineFolder.MINE;
import static io.sparkcluster.platform.swarm.MachineFolder.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.platform.Processes;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken from a machine again, and above all what is not. */
class MachineRestoreTest {

    private static final String[] BEFORE = {"installed bash", "installed iptables", "config-files tini"};

    private MachineFolder machine;

    @BeforeEach
    void makeMachine(@TempDir Path folder) {
        machine = new MachineFolder(folder);
    }

    @Test
    void exactlyWhatTheInstallationAddedIsTakenAway() {
        prepare();
        assertThat(machine.lines("dpkg")).contains("installed docker.io", "installed containerd", "installed tini");

        Processes.Result restored = restore();

        assertThat(restored.error()).contains("Docker, which came with the cluster, is gone again");
        assertThat(machine.lines("dpkg")).containsExactlyInAnyOrder(BEFORE);
        assertThat(machine.has("var/lib/docker")).isFalse();
        assertThat(machine.has("var/lib/containerd")).isFalse();
        assertThat(machine.has("etc/docker")).isFalse();
        assertThat(machine.has("group")).isFalse();
        assertThat(machine.has("var/lib/sparkcluster")).isFalse();
    }

    @Test
    void packagesOfAnAdministratorStay() {
        machine.write("meanwhile", "installed unattended");
        prepare();
        machine.add("dpkg", "installed postgresql");
        // Came with Docker, and the administrator wants it for something else now.
        machine.write("manual", "runc");

        restore();

        assertThat(machine.lines("dpkg"))
                .contains("installed postgresql", "installed runc", "installed unattended")
                .doesNotContain("installed docker.io", "installed containerd");
    }

    @Test
    void dockerStaysWhereAnAdministratorsPackageWouldGoWithIt() {
        prepare();
        machine.add("dpkg", "installed kubelet");
        machine.write("needs", "containerd kubelet");

        assertThat(restore().error()).contains("Docker stays: kubelet would go with it");

        assertThat(machine.lines("dpkg")).contains("installed kubelet", "installed docker.io");
        assertThat(machine.has("var/lib/docker")).isTrue();
        assertThat(machine.lines("log")).noneMatch(line -> line.matches("apt-get .*(purge|remove) -y.*"));
    }

    @Test
    void foldersThatWereThereBeforeStayAndSoDoSettingsThatCameLater() {
        machine.write("var/lib/containerd/images", "of an administrator");
        machine.write("group", "");
        prepare();
        machine.write("etc/docker/daemon.json", "{}");

        restore();

        assertThat(machine.has("var/lib/docker")).isFalse();
        assertThat(machine.has("var/lib/containerd/images")).isTrue();
        assertThat(machine.has("etc/docker/daemon.json")).isTrue();
        assertThat(machine.has("etc/docker/key.json")).isFalse();
        assertThat(machine.has("group")).isTrue();
    }

    @Test
    void aFolderThatWasEmptySuchAsADiskOfItsOwnIsEmptyAgain() {
        machine.write("var/lib/docker/x", "");
        machine.remove("var/lib/docker/x");
        prepare();
        assertThat(machine.has("var/lib/docker/volumes")).isTrue();

        restore();

        assertThat(machine.has("var/lib/docker")).isTrue();
        assertThat(machine.has("var/lib/docker/volumes")).isFalse();
    }

    @Test
    void nothingIsRemovedWhileTheEngineDoesNotAnswer() {
        prepare();
        machine.write("volumes/spark-lab-workspace", "now");
        machine.remove("engine");

        assertThat(restore().error()).contains("Docker stays: its engine does not answer");

        assertThat(machine.lines("dpkg")).contains("installed docker.io");
        assertThat(machine.has("var/lib/docker/volumes")).isTrue();
        assertThat(machine.has("var/lib/sparkcluster/lab/added"))
                .as("known the next time")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "volumes/workspace | now | volumes",
                "containers | c1 | containers",
                "networks | mine | networks",
                "images | ' 0' | images that were built or loaded here",
                "node | n1 | a Swarm",
            })
    void dockerStaysWithWhatLiesOnIt(String file, String line, String what) {
        prepare();
        machine.write(file, line);

        assertThat(restore().error()).contains("Docker stays: there are " + what + " on it");

        assertThat(machine.lines("dpkg")).contains("installed docker.io");
        assertThat(machine.has("var/lib/docker")).isTrue();
    }

    @Test
    void imagesOfTheClusterAndOfARegistryKeepNoDocker() {
        prepare();
        machine.write("images", "spark-worker 0", " 1");

        restore();

        assertThat(machine.lines("dpkg")).containsExactlyInAnyOrder(BEFORE);
    }

    @Test
    void anInstallationThatWasCutOffIsStillKnownAsOurs() {
        machine.write("cut", "");
        assertThat(run("prepare").code()).isNotZero();
        assertThat(machine.lines("dpkg")).contains("installed containerd").doesNotContain("installed docker.io");
        machine.add("dpkg", "installed postgresql");
        machine.remove("cut");

        prepare();
        restore();

        assertThat(machine.lines("dpkg"))
                .containsExactlyInAnyOrder(
                        "installed bash", "installed iptables", "config-files tini", "installed postgresql");
    }

    @Test
    void anOldNoteAllowsDockersOwnPackagesOnlyAndNoFolder() {
        prepare();
        for (String note : new String[] {"added", "there"}) {
            machine.remove("var/lib/sparkcluster/lab/" + note);
        }
        machine.note("lab", "packages", "bash", "iptables");
        machine.add("dpkg", "installed postgresql");

        assertThat(restore().error()).contains("The folders /");

        assertThat(machine.lines("dpkg"))
                .containsExactlyInAnyOrder("installed bash", "installed iptables", "installed postgresql");
        assertThat(machine.has("var/lib/docker")).isTrue();
        assertThat(machine.has("var/lib/sparkcluster")).isFalse();
    }

    @Test
    void whatAnotherOwnerNotedIsNotTouched() {
        prepare();

        var refused = machine.run(OTHER, "machine", "restore", Map.of());

        assertThat(refused.code()).isZero();
        assertThat(refused.error()).contains("nothing is changed here", "\"lab\", which belongs to me on laptop");
        assertThat(machine.lines("dpkg")).contains("installed docker.io");
    }

    @Test
    void aMachineOfAnotherOwnerIsNotPrepared() {
        prepare();

        assertThat(machine.run(OTHER, "machine", "prepare", Map.of()).error())
                .contains("this machine has things of the cluster \"lab\", which belongs to me on laptop, stack dev");
        machine.note("lab", "swarm", "node-1");
        assertThat(machine.run("second", OTHER, "machine", "prepare", Map.of()).error())
                .contains("in the Swarm of the cluster \"lab\", which belongs to me on laptop, stack dev");
    }

    private void prepare() {
        var prepared = run("prepare");
        assertThat(prepared.code()).as(prepared.error()).isZero();
    }

    private Processes.Result restore() {
        var restored = run("restore");
        assertThat(restored.code()).as(restored.error()).isZero();
        return restored;
    }

    private Processes.Result run(String verb) {
        return machine.run(MINE, "machine", verb, Map.of());
    }
}
