package io.sparkcluster.platform.images;

import io.sparkcluster.model.PythonSpec;
import io.sparkcluster.plan.ImageSpec;
import io.sparkcluster.platform.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files that an image is built from: the library's sources and what the user adds to them. The context is named by a hash of everything that goes into the
 * build.
 *
 * <p>The sources lie on the class path, since the library may be a jar in another program. A build needs a folder, so they are written to one below the
 * program's working directory. The folder's name follows from its content and is therefore the same in every run and on every machine.
 */
final class BuildContext {

    private static final String IMAGES = "/io/sparkcluster/images/";
    /** The shell that runs the steps of a build, and says why one failed. */
    private static final String STEP = "step";

    private static final String NOTEBOOKS = "/io/sparkcluster/notebooks/";
    private static final Path OWN_FOLDER = Path.of(".sparkcluster");
    private static final Path ROOT = OWN_FOLDER.resolve("build");
    private static final int HASH_LENGTH = 12;

    /** Start of the files that become executable. The sources' permissions may be lost on the way here, for example in a jar. */
    private static final String EXECUTABLE_MARK = "#!";

    private final ImageSpec image;
    private final Map<String, byte[]> files;
    private final String hash;

    private BuildContext(ImageSpec image, Map<String, byte[]> files, String hash) {
        this.image = image;
        this.files = files;
        this.hash = hash;
    }

    /**
     * Gathers the files of an image.
     *
     * @param parentHash hash of what the parent is built from, so that a change of an image changes all images built on it; empty without a parent
     */
    static BuildContext of(ImageSpec image, Optional<String> parentHash) {
        var files = new TreeMap<String, byte[]>();
        BundledFiles.read(IMAGES + image.role().label(), "", files);
        BundledFiles.read(IMAGES + STEP, STEP, files);
        if (image.notebooks()) {
            BundledFiles.read(NOTEBOOKS, "notebooks/", files);
        }
        image.caCertificates().ifPresent(pem -> files.put("ca/extra.pem", bytes("extraCaCertificates", pem)));
        if (!image.python().isEmpty()) {
            files.put("python/requirements.txt", requirements(image.python()));
        }
        return new BuildContext(image, files, hash(image, files, parentHash));
    }

    /** Twelve hexadecimal digits that stand for everything the image is built from. */
    String hash() {
        return hash;
    }

    /** The name of the image that is built from it. */
    String reference() {
        return image.repository() + ":" + hash;
    }

    /**
     * Writes the files to a folder below the working directory, unless the folder exists.
     *
     * @return the folder, relative to the working directory
     */
    Path write() {
        Path folder = ROOT.resolve(image.role().label() + "-" + hash);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(ROOT);
                Files.writeString(OWN_FOLDER.resolve(".gitignore"), "*\n");
                // Moved into place in one step, so that an interrupted run leaves no half-filled context behind.
                Path partial = Files.createTempDirectory(ROOT, "partial-");
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    write(partial.resolve(file.getKey()), file.getValue());
                }
                Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
                move(partial, folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write the build context of " + image.role().label(), e);
        }
        return folder;
    }

    /** Where the log of the build is written, relative to the working directory. */
    Path log() {
        return ROOT.resolve(image.role().label() + "-" + hash + ".log");
    }

    /** Where a script that repeats the build is written, for engines whose builds leave no log, relative to the working directory. */
    Path repetition() {
        return ROOT.resolve(image.role().label() + "-" + hash + ".sh");
    }

    private static void move(Path partial, Path folder) throws IOException {
        try {
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            // Another cluster of this program, or another run, was faster; the same name means the same content.
            remove(partial);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void write(Path target, byte[] content) throws IOException {
        Files.createDirectories(target.getParent());
        Files.write(target, content);
        boolean script = new String(content, 0, Math.min(2, content.length), StandardCharsets.ISO_8859_1)
                .equals(EXECUTABLE_MARK);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(script ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static String hash(ImageSpec image, Map<String, byte[]> files, Optional<String> parentHash) {
        var digest = Sha256.digest();
        parentHash.ifPresent(parent -> update(digest, "parent", parent.getBytes(StandardCharsets.UTF_8)));
        image.architecture()
                .ifPresent(one -> update(digest, "architecture", one.label().getBytes(StandardCharsets.UTF_8)));
        image.buildArgs()
                .forEach((name, value) -> update(digest, "arg " + name, value.getBytes(StandardCharsets.UTF_8)));
        files.forEach((name, content) -> update(digest, "file " + name, content));
        return Sha256.first(HASH_LENGTH, digest);
    }

    /** The lengths are hashed too, so that no two different inputs give the same bytes. */
    private static void update(MessageDigest digest, String name, byte[] content) {
        digest.update((name.length() + " " + name + " " + content.length + " ").getBytes(StandardCharsets.UTF_8));
        digest.update(content);
    }

    /** All requirements as one file for pip. */
    private static byte[] requirements(PythonSpec python) {
        var text = new ByteArrayOutputStream();
        python.requirementsFile().ifPresent(file -> {
            text.writeBytes(bytes("python.requirements", file));
            text.write('\n');
        });
        python.requirements().forEach(line -> text.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8)));
        return text.toByteArray();
    }

    private static byte[] bytes(String key, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(key + ": cannot read " + file, e);
        }
    }
}
