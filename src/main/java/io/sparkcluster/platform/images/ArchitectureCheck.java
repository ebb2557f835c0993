package io.sparkcluster.platform.images;

import io.sparkcluster.model.Architecture;
import io.sparkcluster.model.Problem;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.plan.ImageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Checks whether an engine can build and run images of the architecture that a cluster asks for.
 *
 * @param docker the command line that asks the engine
 * @param environment the program's environment, in which {@code DOCKER_HOST} may name the default engine
 * @param emulators where the kernel of this machine lists what it emulates; see <a href="https://docs.kernel.org/admin-guide/binfmt-misc.html">binfmt_misc</a>
 */
public record ArchitectureCheck(DockerCli docker, Map<String, String> environment, Path emulators) {

    /** Keeps its own copy. */
    public ArchitectureCheck {
        environment = Map.copyOf(environment);
    }

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Path EMULATORS = Path.of("/proc/sys/fs/binfmt_misc");

    /** How a program of an architecture begins, up to the number of the machine: see {@code EM_X86_64} and {@code EM_AARCH64} in {@code elf(5)}. */
    private static final Map<String, String> MACHINES =
            Map.of(Architecture.AMD64.label(), "3e00", Architecture.ARM64.label(), "b700");

    /** The check of an engine, with the emulators of this machine. */
    public ArchitectureCheck(DockerCli docker, Map<String, String> environment) {
        this(docker, environment, EMULATORS);
    }

    /** The architecture that the engine runs on; empty if it does not say so. */
    Optional<String> engine() {
        var answer = docker.run(LIMIT, "version", "--format", "{{.Server.Arch}}");
        return answer.code() == 0 ? ArchitectureRules.name(answer.output()) : Optional.empty();
    }

    /** The architecture that images of a cluster have: the chosen one, else that of the engine; empty if the engine does not say so. */
    Optional<String> images(ClusterPlan plan) {
        return plan.spec().images().architecture().map(Architecture::label).or(this::engine);
    }

    /**
     * Problems of an engine that builds images and maybe runs them.
     *
     * @param here which of the images that the user supplies must be in the engine
     */
    public List<Problem> problems(ClusterPlan plan, Predicate<ImageSpec> here) {
        var engine = engine();
        if (engine.isEmpty()) {
            return List.of();
        }
        if (plan.images().values().stream().anyMatch(ImageSpec::isBuilt)) {
            var unsupported = ArchitectureRules.unsupported("docker.host", address(), engine.get());
            if (unsupported.isPresent()) {
                return List.of(unsupported.get());
            }
        }
        String wanted =
                plan.spec().images().architecture().map(Architecture::label).orElse(engine.get());
        var problems = new ArrayList<Problem>();
        if (!wanted.equals(engine.get()) && !emulates(wanted)) {
            problems.add(new Problem(
                    "images.architecture",
                    wanted,
                    "the engine runs on " + engine.get() + ", and this machine cannot emulate " + wanted
                            + " for containers",
                    "Install an emulator (on Debian and Ubuntu: apt-get install qemu-user-static binfmt-support),"
                            + " set docker.host to an engine that runs on " + wanted + ", or remove the key"));
        }
        for (ImageSpec image : plan.images().values()) {
            if (image.role().parent().isEmpty() && image.isBuilt()) {
                look("images.from", plan.foundation().image(), wanted).ifPresent(problems::add);
            }
            image.source()
                    .givenReference()
                    .filter(reference -> here.test(image))
                    .flatMap(reference -> look(image.role().field(), reference, wanted))
                    .ifPresent(problems::add);
        }
        return problems;
    }

    /** A problem if the engine has an image for another architecture. If it does not have the image, it pulls the right one. */
    private Optional<Problem> look(String field, String reference, String wanted) {
        var found = docker.run(LIMIT, "image", "inspect", "--format", "{{.Architecture}}", reference);
        return Optional.of(found)
                .filter(answer -> answer.code() == 0)
                .flatMap(answer -> ArchitectureRules.name(answer.output()))
                .filter(has -> !has.equals(wanted))
                .map(has -> new Problem(
                        field,
                        reference,
                        "the engine has it for " + has + ", and the images of this cluster are for " + wanted,
                        "Get it for " + wanted + ": docker pull --platform " + ArchitectureRules.platform(wanted) + " "
                                + reference + ", or set images.architecture to " + has));
    }

    private String address() {
        return docker.host()
                .or(() -> Optional.ofNullable(environment.get("DOCKER_HOST")))
                .orElse("the default socket");
    }

    /** Whether containers of the engine can run programs of another architecture; true where this machine cannot tell. */
    private boolean emulates(String architecture) {
        boolean remote = docker.host()
                .or(() -> Optional.ofNullable(environment.get("DOCKER_HOST")))
                .filter(address -> !address.startsWith("unix:"))
                .isPresent();
        // The engine of Docker Desktop has a kernel of its own, which emulates.
        if (remote
                || !Files.isDirectory(emulators)
                || docker.run(LIMIT, "info", "--format", "{{.OperatingSystem}}")
                        .output()
                        .contains("Docker Desktop")) {
            return true;
        }
        try (Stream<Path> files = Files.list(emulators)) {
            return files.anyMatch(file -> runs(file, architecture));
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether the emulator is switched on, for that architecture, and, by the flag F, also where a container's files lack it. */
    private static boolean runs(Path emulator, String architecture) {
        try {
            var lines = Files.readString(emulator).lines().toList();
            return lines.contains("enabled")
                    && lines.stream().anyMatch(line -> line.startsWith("flags:") && line.contains("F"))
                    && lines.stream()
                            .anyMatch(line -> line.startsWith("magic 7f454c46")
                                    && line.endsWith(MACHINES.getOrDefault(architecture, "none")));
        } catch (IOException e) {
            // Some files of this folder can only be written to.
            return false;
        }
    }
}
