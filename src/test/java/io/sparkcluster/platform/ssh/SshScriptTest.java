package io.sparkcluster.platform.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.platform.Processes;
import io.sparkcluster.platform.ShellWord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every script for a host has in common. */
class SshScriptTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void valuesArriveAsTheyAreWhateverTheyHold() {
        String nasty = "it's \"$(reboot)\" `id` \\ {{.Task}}\nand more";
        String script = SshScript.assignments(
                        Map.of("WORD", ShellWord.of(nasty), "MANY", SshScript.list(List.of("a b", "'", ""))))
                + "printf '%s|' \"$WORD\" \"${MANY[@]}\"";

        assertThat(Processes.run(SOON, Map.of(), List.of("bash", "-s"), script).output())
                .isEqualTo(nasty + "|a b|'||");
    }

    @Test
    void theCommandNamesTheVerbAndHasATimeButNoValue() {
        assertThat(SshScript.command(SshLogin.of("admin", "192.0.2.1"), "join", 180))
                .isEqualTo("exec sudo -n timeout -k 10 180 bash -s -- join");
        assertThat(SshScript.command(SshLogin.of("root", "192.0.2.1"), "join", 180))
                .isEqualTo("exec timeout -k 10 180 bash -s -- join");
    }
}
