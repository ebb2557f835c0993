package io.sparkcluster.platform.images;

import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.VersionOrder;
import java.util.List;
import java.util.Optional;

/** The engines that serve the API of the Docker Engine, and what messages say about each. */
public enum EngineKind {
    /** The <a href="https://docs.docker.com/engine/">Docker Engine</a>, 20.10 or newer. */
    DOCKER(
            "docker",
            "Docker",
            "Add the user to the group docker (sudo usermod -aG docker $USER, then log in again), or set DOCKER_HOST to an"
                    + " engine of your own") {
        @Override
        public String startRemedy(Wording wording) {
            return "Start one (Docker Desktop, systemctl start docker), "
                    + wording.install(label())
                            .map(command -> "set DOCKER_HOST, or let " + command + " install one on Debian and Ubuntu")
                            .orElse("or set DOCKER_HOST");
        }

        /** The provider and the command line refuse older engines themselves. */
        @Override
        Optional<String> tooOld(String version) {
            return Optional.empty();
        }
    },
    /**
     * <a href="https://docs.podman.io/en/latest/markdown/podman-system-service.1.html">Podman's service</a>, 4.0 or newer, with netavark and aardvark-dns for
     * names.
     */
    PODMAN(
            "podman",
            "Podman",
            "Use this user's own Podman (systemctl --user start podman.socket, and remove docker.host), or run as root") {
        @Override
        public String startRemedy(Wording wording) {
            return "Start its service (systemctl start podman.socket, for a user's own systemctl --user start podman.socket), "
                    + wording.install(label())
                            .map(command ->
                                    "set docker.host to its socket, or have one made on Debian and Ubuntu as root: "
                                            + command)
                            .orElse("or set docker.host to its socket");
        }

        @Override
        Optional<String> tooOld(String version) {
            return VersionOrder.isOlder(version, "4")
                    ? Optional.of("4.0 or newer, whose networks give containers names")
                    : Optional.empty();
        }
    };

    private final String label;
    private final String title;
    private final String rightsRemedy;

    EngineKind(String label, String title, String rightsRemedy) {
        this.label = label;
        this.title = title;
        this.rightsRemedy = rightsRemedy;
    }

    /** The engine's name in a stack's configuration. */
    public String label() {
        return label;
    }

    /** The engine's name in messages. */
    public String title() {
        return title;
    }

    /** What to do if this user may not talk to the engine. */
    String rightsRemedy() {
        return rightsRemedy;
    }

    /**
     * What to do if no engine answers.
     *
     * @param wording how to say what the reader can do
     */
    public abstract String startRemedy(Wording wording);

    /** The oldest version that can be used, and why, if the given version is older. */
    abstract Optional<String> tooOld(String version);

    /** The kind of an engine that has these components in its answer to {@code docker version}. */
    public static EngineKind answering(List<String> components) {
        return components.contains("Podman Engine") ? PODMAN : DOCKER;
    }
}
