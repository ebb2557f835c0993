package io.sparkcluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.plan.NodeKind;
import io.sparkcluster.platform.ssh.SshLogin;
import io.sparkcluster.platform.swarm.SwarmSettings;
import io.sparkcluster.platform.swarm.SwarmWorkspace;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class SwarmConfigTest {

    @Test
    void whatAllMachinesShareIsWrittenOnce() {
        var settings = read("""
                {"user": "admin", "keyFile": "~/.ssh/id", "manager": "two",
                 "jumpHost": {"host": "bastion", "port": 2222},
                 "machines": {"one": {"host": "10.0.0.1", "labels": {"disk": "ssd"}},
                              "two": {"host": "10.0.0.2", "user": "root", "behindJumpHost": true, "address": "10.9.0.2"}},
                 "placement": {"workers": {"disk": "ssd"}},
                 "workspace": {"nfs": {"server": "files", "path": "/exports"}}}
                """);

        assertThat(settings.manager()).isEqualTo("two");
        assertThat(settings.jumpHost())
                .contains(SshLogin.of("admin", "bastion").withPort(2222).withKeyFile("~/.ssh/id"));
        assertThat(settings.machines()).hasSize(2);
        assertThat(settings.machines().values()).first().satisfies(one -> {
            assertThat(one.login()).isEqualTo(SshLogin.of("admin", "10.0.0.1").withKeyFile("~/.ssh/id"));
            assertThat(one.labels()).containsEntry("disk", "ssd");
            assertThat(one.behindJumpHost()).isFalse();
        });
        assertThat(settings.machines().values()).last().satisfies(two -> {
            assertThat(two.login().user()).isEqualTo("root");
            assertThat(two.behindJumpHost()).isTrue();
            assertThat(two.address()).contains("10.9.0.2");
        });
        assertThat(settings.placement().of(NodeKind.WORKER)).containsExactly(Map.entry("disk", "ssd"));
        assertThat(settings.workspace()).isEqualTo(SwarmWorkspace.nfs("files", "/exports"));
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertThatThrownBy(() -> read("""
                {"machines": {"one": {"hots": "10.0.0.1", "port": "ssh", "behindJumpHost": "maybe"}},
                 "workspace": {"hostPath": "srv", "nfs": {"server": "files"}}, "delivery": "registry", "mtuu": 1400}
                """))
                .isInstanceOf(InvalidClusterException.class)
                .hasMessageContaining(
                        "swarm.machines.one.hots: the key is refused: there is no such key. Did you mean host?")
                .hasMessageContaining("swarm.machines.one.host: (nothing) is refused")
                .hasMessageContaining("swarm.machines.one.user: (nothing) is refused")
                .hasMessageContaining("swarm.machines.one.port: \"ssh\" is refused")
                .hasMessageContaining("swarm.machines.one.behindJumpHost: \"maybe\" is refused")
                .hasMessageContaining("swarm.workspace: hostPath and nfs is refused")
                .hasMessageContaining("swarm.workspace.hostPath: srv is refused")
                .hasMessageContaining("swarm.registry:")
                .hasMessageContaining("Did you mean swarm.mtu?");
    }

    @Test
    void aMachineWithoutKeysIsOneWithoutAHost() {
        assertThatThrownBy(() -> read("{user: admin, machines: {one: {}}}"))
                .hasMessageContaining("swarm.machines.one.host: (nothing) is refused: it has no default");
    }

    @Test
    void machinesAreNamedNotNumbered() {
        assertThatThrownBy(() -> read("{\"user\": \"admin\", \"machines\": [{\"host\": \"10.0.0.1\"}]}"))
                .hasMessageContaining("swarm.machines: a list is refused: it has a key for each machine");
    }

    private static SwarmSettings read(String swarm) {
        Map<String, Object> tree = new Yaml().load(swarm);
        return new ReadParts(ClusterConfig.reader("spark-dev").read(Map.of("platform", "swarm", "swarm", tree)))
                .swarm();
    }
}
