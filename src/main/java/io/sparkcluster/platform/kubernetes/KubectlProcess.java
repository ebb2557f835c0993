package io.sparkcluster.platform.kubernetes;

import io.sparkcluster.platform.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs {@code kubectl} on this machine, for at most 30 seconds. */
final class KubectlProcess implements KubernetesPreflight.KubectlRunner {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String program;
    private final Optional<String> kubeconfig;

    KubectlProcess(String program, Optional<String> kubeconfig) {
        this.program = program;
        this.kubeconfig = kubeconfig;
    }

    @Override
    public KubernetesPreflight.Answer ask(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(program);
        kubeconfig.ifPresent(path -> command.addAll(List.of("--kubeconfig", path)));
        command.addAll(arguments);
        var result = Processes.run(LIMIT, Map.of(), command);
        return new KubernetesPreflight.Answer(result.code(), result.output(), result.error());
    }
}
