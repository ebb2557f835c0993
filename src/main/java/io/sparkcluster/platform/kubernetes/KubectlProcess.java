package io.sparkcluster.platform.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs {@code kubectl} on this machine, for at most half a minute. */
final class KubectlProcess implements KubernetesPreflight.KubectlRunner {

    private static final long PATIENCE_SECONDS = 30;

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
        try {
            // A large answer would fill a pipe that nobody reads, and the process would never end.
            Path output = Files.createTempFile("kubectl", ".out");
            Path error = Files.createTempFile("kubectl", ".err");
            try {
                var process = new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(error.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return failed("it did not answer within " + PATIENCE_SECONDS + " s");
                }
                return new KubernetesPreflight.Answer(process.exitValue(), text(output), text(error));
            } finally {
                Files.deleteIfExists(output);
                Files.deleteIfExists(error);
            }
        } catch (IOException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("interrupted");
        }
    }

    private static KubernetesPreflight.Answer failed(String reason) {
        return new KubernetesPreflight.Answer(1, "", reason);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
