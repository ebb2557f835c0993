package io.sparkcluster.program;

import io.sparkcluster.model.Wording;
import java.util.Map;
import java.util.Optional;

/** The wording for users of the ready program: {@code pulumi config} commands and Makefile targets. */
record ProgramWording() implements Wording {

    private static final Map<String, String> INSTALL = Map.of(
            "docker", "make up",
            "podman", "make testbed-podman-up",
            "kubernetes", "make testbed-kubernetes-up",
            "swarm", "make testbed-swarm-up");

    @Override
    public String set(String field, String value) {
        // A field without a dot is a plain key and needs no --path.
        return "pulumi config set " + (field.contains(".") ? "--path " : "") + field + " " + value;
    }

    @Override
    public String unset(String field) {
        return "pulumi config rm --path " + field;
    }

    @Override
    public String unsetting(String field) {
        return unset(field);
    }

    @Override
    public String removeIt(String field) {
        return "remove it: " + unset(field);
    }

    @Override
    public String reveal(String field) {
        return "set it again without --secret: " + unset(field) + ", then pulumi config set --path " + field;
    }

    @Override
    public String up() {
        return "make up";
    }

    @Override
    public String down() {
        return "make down, or pulumi destroy";
    }

    @Override
    public Optional<String> purge() {
        return Optional.of("make purge");
    }

    @Override
    public Optional<String> backup() {
        return Optional.of("make backup FILE=");
    }

    @Override
    public Optional<String> restore() {
        return Optional.of("make restore FILE=");
    }

    @Override
    public Optional<String> install(String what) {
        return Optional.ofNullable(INSTALL.get(what));
    }

    @Override
    public Optional<String> forgetMachine(String machine) {
        return Optional.of("make forget-machine MACHINE=" + machine);
    }
}
