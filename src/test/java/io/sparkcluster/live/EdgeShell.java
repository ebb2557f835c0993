package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Commands in the container of an edge node.
 *
 * @param environment in which they are started
 * @param way the words in front of each, which lead into the container; asked anew for each, since a container may be replaced
 */
record EdgeShell(Map<String, String> environment, Supplier<List<String>> way) {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    Shell.Result run(String... arguments) {
        return Shell.run(LIMIT, Path.of("."), environment, inside(arguments));
    }

    Process start(Path log, String... arguments) throws IOException {
        return Shell.start(Path.of("."), environment, log, inside(arguments));
    }

    /** The one place of a notebook on the workspace. */
    String notebook(String file) {
        String found = run("find", "/workspace", "-name", file, "-not", "-path", "*/.*")
                .orFail()
                .text()
                .strip();
        assertThat(found).startsWith("/workspace/").hasLineCount(1);
        return found;
    }

    /** Puts one of the tests' jobs onto the workspace. */
    void job(String name) throws IOException {
        copy(Path.of("src", "test", "resources", "jobs", name));
    }

    /** The example goes through, by its own name. */
    void submitsPi() throws IOException {
        copy(Path.of("examples", "jobs", "pi.py"));
        assertThat(run("spark-submit", "/workspace/pi.py", "4").orFail().text()).containsPattern("Pi is roughly 3\\.1");
    }

    /** The driver, the executors and their workers map the archive of classes. */
    void startsJvmsFromTheArchiveOfClasses() throws IOException {
        assertThat(archives())
                .contains("on the edge node: maps it", "with executors: maps it")
                .doesNotContain("DOES NOT");
    }

    /** The executors map the archive of classes, and the driver, for which Spark lists its configuration, does not. */
    void startsExecutorsFromTheArchiveOfClasses() throws IOException {
        assertThat(archives())
                .contains("on the edge node: DOES NOT", "with executors: maps it")
                .doesNotContain("with executors: DOES NOT");
    }

    private String archives() throws IOException {
        job("archive.py");
        return run("spark-submit", "/workspace/archive.py").orFail().text();
    }

    /** The notebook goes through to its last cell, which checks its result. */
    void runsTheNotebook() {
        execute("linear-regression.ipynb");
    }

    /** The tour goes through to its last cell, and says what gives it executors. */
    void takesTheTour(String clusterManager) {
        assertThat(execute("cluster-tour.ipynb"))
                .containsPattern("All checks passed on [1-9]")
                .contains("cluster manager: " + clusterManager + ".");
    }

    /** A notebook as it is after its execution, with its cells' output. */
    private String execute(String file) {
        run("jupyter", "nbconvert", "--to", "notebook", "--execute", "--output-dir", "/tmp", notebook(file))
                .orFail();
        return run("cat", "/tmp/" + file).orFail().text();
    }

    /** What executors write is there on the edge node, and the reverse, and belongs to the cluster's user. Returns what the job said. */
    String exchangesFiles() throws IOException {
        job("files.py");
        String said = run("spark-submit", "/workspace/files.py").orFail().text();
        assertThat(said).contains("ROWS 2 OWNERS {185} ME 185");
        assertThat(run("sh", "-c", "cat /workspace/part-3.txt && ls /workspace/from-executors")
                        .orFail()
                        .text())
                .contains("3", ".parquet", "_SUCCESS");
        run("rm", "-r", "/workspace/from-executors", "/workspace/part-3.txt").orFail();
        return said;
    }

    /** A package that a cell installs is there for driver and executors, the image's own packages stay what they are, and it goes away again. */
    void installsPackages(int executors) throws IOException {
        job("packages.py");
        assertThat(run("spark-submit", "/workspace/packages.py").text()).contains("No module named 'sklearn'");
        assertThat(run("ipython", "-c", "%pip install scikit-learn").orFail().text())
                .contains("Successfully installed", "Executors that start from now on find what was installed")
                .doesNotContain("Collecting numpy");
        assertThat(run("spark-submit", "/workspace/packages.py").orFail().text())
                .containsPattern("SKLEARN \\{'[0-9.]+'} ON " + executors
                        + " EXECUTORS FROM \\{'/workspace/\\.sparkcluster/python/lib/python3\\.[0-9]+/site-packages'}");
        var conflict = run("pip", "install", "pandas<2");
        assertThat(conflict.code()).isNotZero();
        assertThat(conflict.text()).contains("The user requested (constraint) pandas==");
        assertThat(run("pip", "install", "pyspark").orFail().text()).contains("Requirement already satisfied: pyspark");
        run("pip", "uninstall", "--yes", "scikit-learn", "scipy", "joblib", "threadpoolctl", "narwhals")
                .orFail();
        assertThat(run("python3", "-c", "import sklearn").code()).isNotZero();
    }

    /** Puts a file of this machine onto the workspace. */
    void copy(Path file) throws IOException {
        run(
                        "python3",
                        "-c",
                        "import sys; open('/workspace/' + sys.argv[1], 'w').write(sys.argv[2])",
                        file.getFileName().toString(),
                        Files.readString(file))
                .orFail();
    }

    private String[] inside(String... arguments) {
        var all = new ArrayList<>(way.get());
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }
}
