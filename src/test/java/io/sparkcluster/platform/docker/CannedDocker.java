package io.sparkcluster.platform.docker;

import io.sparkcluster.model.Problem;
import io.sparkcluster.model.Wording;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.TestOwners;
import io.sparkcluster.platform.images.BuildEngine;
import io.sparkcluster.platform.images.DockerCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The checks of an engine with a {@code docker} command that only pretends, for tests outside of this package.
 *
 * @param folder where the command is written
 * @param answers what it prints, by how its arguments start; after a {@code !} what it prints when it fails. Nothing at all: there is no such command
 * @param wording the words that it uses
 */
public record CannedDocker(Path folder, Optional<Map<String, String>> answers, Wording wording) {

    /** An engine with nothing on it; a registry that has every image. */
    private static final Map<String, String> GOOD = Map.of(
            "version", "27.0.0,Engine,containerd,", "image inspect", "!Error: No such image", "info", "4 33554432000");

    /** What stands in the way of a cluster, in a preview or else in {@code up}. */
    public List<Problem> check(
            Engine engine, Optional<String> host, Map<String, String> environment, ClusterPlan plan, boolean preview) {
        var preflight = preflight(engine, host, environment);
        return (preview ? preflight : preflight.pulling(announced -> {})).check(plan, TestOwners.MINE);
    }

    /** What keeps the engine from building images for another platform. */
    public List<Problem> checkBuilder(Optional<String> host, Map<String, String> environment, ClusterPlan plan) {
        return new BuildEngine(new DockerCli(program(), host), environment).check(plan, wording);
    }

    /** What works less well than somebody may expect. */
    public List<String> warnings(Engine engine, ClusterPlan plan) {
        return preflight(engine, Optional.empty(), Map.of()).warnings(plan);
    }

    /** The same where the engine only builds images for another platform. */
    public List<String> warningsOfBuilder(ClusterPlan plan) {
        return new BuildEngine(new DockerCli(program(), Optional.empty()), Map.of()).warnings(plan);
    }

    private DockerPreflight preflight(Engine engine, Optional<String> host, Map<String, String> environment) {
        return new DockerPreflight(engine, program(), host, environment).withWording(wording);
    }

    private String program() {
        try {
            return command().toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path command() throws IOException {
        Path docker = folder.resolve("docker");
        if (answers.isEmpty()) {
            return docker;
        }
        var all = new TreeMap<>(GOOD);
        all.putAll(answers.get());
        var script = new StringBuilder("#!/bin/sh\ncase \"$*\" in\n");
        // The longer of two beginnings is the more exact one.
        for (var answer : all.descendingMap().entrySet()) {
            Path text = folder.resolve(answer.getKey().replaceAll("[ /]", "-") + ".answer");
            boolean fails = answer.getValue().startsWith("!");
            Files.writeString(text, answer.getValue().substring(fails ? 1 : 0) + "\n");
            script.append("'%s'*) cat '%s'%s;;%n".formatted(answer.getKey(), text, fails ? " >&2; exit 1" : ""));
        }
        Files.writeString(docker, script.append("esac\n").toString());
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        return docker;
    }
}
