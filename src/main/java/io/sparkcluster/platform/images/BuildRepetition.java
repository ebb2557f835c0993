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
 * Of a build by Podman's service the docker provider tells no more than the exit code of the step that failed, and keeps no log. So that somebody can see what the
 * step said ({@code make up} does), a program that repeats the build lies beside the image's files until the build has succeeded. Steps that went well are not
 * repeated: the engine still has them.
 */
final class BuildRepetition {

    private BuildRepetition() {}

    /** The build's arguments, once the program is written. */
    static Output<Map<String, String>> before(BuildContext context, Output<Map<String, String>> arguments) {
        return arguments.applyValue(known -> {
            write(context.repetition(), context.write(), known);
            return known;
        });
    }

    /** Removes the program when the image is known. */
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

    /** A value is handed over in the environment, which is not listed with a program's arguments. */
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
            // It would be repeated in vain after the next failure, and say nothing then.
        }
    }
}
