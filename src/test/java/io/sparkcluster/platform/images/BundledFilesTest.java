package io.sparkcluster.platform.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledFilesTest {

    private static final int READERS = 8;
    private static final int ROUNDS = 20;

    @TempDir
    private Path folder;

    @Test
    void readsAFolderOfAJarInWhoseNameIsABlank() throws IOException {
        assertThat(text(inJar("images/base")))
                .containsExactly(Map.entry("of/Dockerfile", "FROM x"), Map.entry("of/opt/run", "#!"));
    }

    @Test
    void readsASingleFileUnderTheNameThatItIsGiven() throws IOException {
        var files = new TreeMap<String, byte[]>();
        BundledFiles.read(inJar("images/base/Dockerfile"), "step", files);

        assertThat(files).containsOnlyKeys("step");
    }

    @Test
    void readsAFolderOfTheClassPath() throws IOException {
        Files.createDirectories(folder.resolve("base/opt"));
        Files.writeString(folder.resolve("base/Dockerfile"), "FROM x");
        Files.writeString(folder.resolve("base/opt/run"), "#!");

        assertThat(text(folder.resolve("base").toUri().toURL()))
                .containsExactly(Map.entry("of/Dockerfile", "FROM x"), Map.entry("of/opt/run", "#!"));
    }

    @Test
    void severalClustersReadTheSameJarAtTheSameTime() throws Exception {
        URL jar = inJar("images/base");
        var together = new CyclicBarrier(READERS);
        Callable<Integer> reader = () -> {
            int found = 0;
            for (int round = 0; round < ROUNDS; round++) {
                together.await(1, TimeUnit.MINUTES);
                found += text(jar).size();
            }
            return found;
        };
        var threads = Executors.newFixedThreadPool(READERS);
        try {
            var readers = new ArrayList<Future<Integer>>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(reader));
            }
            for (var each : readers) {
                assertThat(each.get(1, TimeUnit.MINUTES)).isEqualTo(2 * ROUNDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> BundledFiles.read("/io/sparkcluster/none", "", new TreeMap<>()))
                .hasMessage("the library lacks its own image sources at /io/sparkcluster/none");
    }

    private URL inJar(String name) throws IOException {
        Path jar = folder.resolve("a library.jar");
        try (var output = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var file : Map.of("images/base/Dockerfile", "FROM x", "images/base/opt/run", "#!", "images/other", "")
                    .entrySet()) {
                output.putNextEntry(new JarEntry(file.getKey()));
                output.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return URI.create("jar:" + jar.toUri() + "!/" + name).toURL();
    }

    private static Map<String, String> text(URL url) {
        var files = new TreeMap<String, byte[]>();
        BundledFiles.read(url, "of/", files);
        var text = new TreeMap<String, String>();
        files.forEach((name, content) -> text.put(name, new String(content, StandardCharsets.UTF_8)));
        return text;
    }
}
