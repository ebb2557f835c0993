package io.sparkcluster.platform.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Files that the library brings with it, in a jar or in a folder of the class path. */
final class BundledFiles {

    private BundledFiles() {}

    /**
     * Reads a folder with all that is below it, or a single file.
     *
     * @param resource an absolute name on the class path
     * @param prefix what is put before the name of each file within the folder; for a single file, its name
     * @param into receives the files' contents by their names
     */
    static void read(String resource, String prefix, Map<String, byte[]> into) {
        URL url = BundledFiles.class.getResource(resource);
        if (url == null) {
            throw new IllegalStateException("the library lacks its own image sources at " + resource);
        }
        read(url, prefix, into);
    }

    /** Opens the jar anew, since several clusters of one program may read it at the same time. */
    static void read(URL url, String prefix, Map<String, byte[]> into) {
        try {
            if (url.openConnection() instanceof JarURLConnection jar) {
                try (FileSystem files =
                        FileSystems.newFileSystem(Path.of(jar.getJarFileURL().toURI()))) {
                    readTree(files.getPath(jar.getEntryName()), prefix, into);
                }
            } else {
                readTree(Path.of(url.toURI()), prefix, into);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the image sources at " + url, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path has an invalid address: " + url, e);
        }
    }

    private static void readTree(Path root, String prefix, Map<String, byte[]> into) throws IOException {
        if (Files.isRegularFile(root)) {
            into.put(prefix, Files.readAllBytes(root));
            return;
        }
        try (var paths = Files.walk(root)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                into.put(prefix + name, Files.readAllBytes(file));
            }
        }
    }
}
