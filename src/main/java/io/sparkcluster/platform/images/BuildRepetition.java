package io.sparkcluster.platform.images;

import com.pulumi.core.Output;
import io.sparkcluster.platform.ShellWord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps a script that repeats a build by Podman's service. For these builds the docker provider reports only the exit code of the failed step, and writes no
 * log. The script lies beside the image's files until the build succeeds; after a failure, {@code make up} runs it to show the step's output. Steps that
 * succeeded come from the engine's cache.
 */
final class BuildRepetition {

    private BuildRepetition() {}

    /** The build's arguments, known when the script is written. */
    static Output<Map<String, String>> before(BuildContext context, Output<Map<String, String>> arguments) {
        return arguments.applyValue(known -> {
            write(context.repetition(), context.write(), known);
            return known;
        });
    }

    /** Removes the script when the image is known. */
    static void after(BuildContext context, Output<?> built) {
        built.applyValue(known -> {
            remove(context.repetition());
            return known;
        });
    }

    private static void write(Path program, Path folder, Map<String, String> arguments) {
        try {
            Files.deleteIfExists(program);
            // Addresses of proxies and indexes may hold a login.
            Files.createFile(
                    program, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(program, text(folder, arguments));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + program, e);
        }
    }

    /** Values are passed in the environment, since other users of the machine can list a process's arguments. */
    static String text(Path folder, Map<String, String> arguments) {
        var values = new StringBuilder();
        var names = new StringBuilder();
        new TreeMap<>(arguments).forEach((name, value) -> {
            values.append("export ")
                    .append(name)
                    .append('=')
                    .append(ShellWord.of(value))
                    .append('\n');
            names.append(" --build-arg ").append(name);
        });
        return values + "export DOCKER_BUILDKIT=0\nexec docker build --force-rm" + names + " "
                + ShellWord.of(folder.toString()) + "\n";
    }

    private static void remove(Path program) {
        try {
            Files.deleteIfExists(program);
        } catch (IOException e) {
            // After the next failure it would only repeat a build that succeeds, and print nothing.
        }
    }
}
