package io.sparkcluster.platform.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.Naming;
import io.sparkcluster.plan.NodeKind;
import io.sparkcluster.platform.ssh.SshLogin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SwarmSettingsTest {

    private static final Machine ONE = machine("one", "192.0.2.1");
    private static final Machine TWO = machine("two", "192.0.2.2");

    @Test
    void twoMachinesOfOneNameAreRefused() {
        var machines = List.of(ONE, TWO, machine("one", "192.0.2.3"));

        assertThatThrownBy(() -> SwarmSettings.of("lab", machines))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two machines have the name one. Give each machine a different name");
        assertThatThrownBy(
                        () -> SwarmSettings.of("lab", List.of(TWO)).toBuilder().machines(machines))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFirstOfOtherMachinesManagesThemUnlessTheManagerIsAmongThem() {
        var one = SwarmSettings.of("lab", List.of(ONE, TWO));

        assertThat(one.toBuilder().machines(List.of(TWO)).build().manager()).isEqualTo("two");
        assertThat(one.toBuilder().machines(List.of(TWO, ONE)).build().manager())
                .isEqualTo("one");
        assertThat(one.toBuilder().manager("two").build().manager()).isEqualTo("two");
        assertThat(one.toBuilder().build()).isEqualTo(one);
    }

    @Test
    void anEmptyListIsRefused() {
        assertThatThrownBy(() -> SwarmSettings.of("lab", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a Swarm needs at least one machine, and the list is empty");
    }

    @Test
    void withoutMachinesAPlanIsRefused() {
        var plan = ClusterPlan.draft(ClusterSpec.of("lab"), Naming.services());

        assertThat(SwarmValidator.of(plan, SwarmSettings.builder("lab").build()))
                .singleElement()
                .asString()
                .startsWith("swarm.machines: (nothing) is refused");
    }

    @Test
    void theFirstMachineOfTheListManagesUnlessAnotherIsNamed() {
        assertThat(SwarmSettings.of("lab", List.of(TWO, ONE)).manager()).isEqualTo("two");
        assertThat(SwarmSettings.builder("lab")
                        .manager("one")
                        .machines(List.of(TWO, ONE))
                        .build()
                        .manager())
                .isEqualTo("one");
        assertThat(SwarmSettings.of("lab", List.of(TWO, ONE)).machines().keySet())
                .containsExactly("one", "two");
    }

    @Test
    void everySettingCanBeSet() {
        var settings = SwarmSettings.of("lab", List.of(ONE, TWO)).toBuilder()
                .manager("two")
                .jumpHost(SshLogin.of("admin", "bastion"))
                .knownHosts(Path.of("hosts"))
                .placement(Placement.anywhere().with(NodeKind.EDGE, Map.of("disk", "ssd")))
                .workersPerMachine(3)
                .cpuReservationPercent(50)
                .delivery(SwarmDelivery.registry("registry.example.org/team"))
                .workspace(SwarmWorkspace.hostPath("/srv/share"))
                .mtu(1400)
                .build();

        assertThat(settings.name()).isEqualTo("lab");
        assertThat(settings.machines().values()).containsExactly(ONE, TWO);
        assertThat(settings.manager()).isEqualTo("two");
        assertThat(settings.jumpHost()).contains(SshLogin.of("admin", "bastion"));
        assertThat(settings.knownHosts()).isEqualTo(Path.of("hosts"));
        assertThat(settings.placement().of(NodeKind.EDGE)).containsExactly(Map.entry("disk", "ssd"));
        assertThat(settings.workersPerMachine()).isEqualTo(3);
        assertThat(settings.cpuReservationPercent()).isEqualTo(50);
        assertThat(settings.delivery()).isEqualTo(SwarmDelivery.registry("registry.example.org/team"));
        assertThat(settings.workspace()).isEqualTo(SwarmWorkspace.hostPath("/srv/share"));
        assertThat(settings.mtu()).contains(1400);
        assertThat(settings.toBuilder().build()).isEqualTo(settings);
        assertThat(settings.withPlacement(Placement.anywhere()).mtu()).contains(1400);
    }

    private static Machine machine(String name, String host) {
        return Machine.of(name, SshLogin.of("admin", host));
    }
}
