package io.sparkcluster.platform;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks a stack's backend through the {@code pulumi} command line for the stack's <a
 * href="https://www.pulumi.com/docs/iac/cli/commands/pulumi_stack_tag/">tags</a> and state. Neither needs the stack's lock, which the running update holds.
 *
 * @param program the command line's name or path
 * @param stack the stack, as {@code organization/project/stack}
 */
public record StackCli(String program, String stack) {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** How often a command is tried; every command used here can be repeated safely. */
    private static final int ATTEMPTS = 6;

    private static final Duration PAUSE = Duration.ofMillis(400);

    static StackCli of(String stack) {
        return new StackCli("pulumi", stack);
    }

    /** The stack's tags. */
    Map<String, String> tags() {
        var tags = new LinkedHashMap<String, String>();
        for (var tag : object(run("stack", "tag", "ls", "--output", "json", "--stack", stack), "tags")
                .entrySet()) {
            tags.put(tag.getKey(), tag.getValue().getAsString());
        }
        return tags;
    }

    /** Whether an update of the stack ever ended, successfully or not. A stack keeps its history when it is renamed. */
    boolean hasHistory() {
        String history = run("stack", "history", "--json", "--page-size", "1", "--stack", stack);
        return history.contains("{");
    }

    /** Removes and sets tags. Restores the selected stack afterwards, since {@code pulumi stack tag} changes the selection. */
    void changeTags(Set<String> stale, Map<String, String> tags) {
        var selected = call("stack", "--show-name");
        stale.forEach(name -> run("stack", "tag", "rm", name, "--stack", stack));
        tags.forEach((name, value) -> run("stack", "tag", "set", name, value, "--stack", stack));
        if (selected.code() == 0 && !selected.output().isBlank()) {
            run("stack", "select", selected.output().strip());
        }
    }

    /**
     * The resources in the state, as the backend has them: secrets stay encrypted.
     *
     * @throws IllegalStateException when the state cannot be read
     */
    public List<JsonObject> resources() {
        var deployment =
                object(run("stack", "export", "--stack", stack), "state").get("deployment");
        var resources = new ArrayList<JsonObject>();
        if (deployment instanceof JsonObject state && state.get("resources") != null) {
            for (JsonElement resource : state.getAsJsonArray("resources")) {
                resources.add(resource.getAsJsonObject());
            }
        }
        return resources;
    }

    /** The identifiers of the resources in the state. They are read once, when they are first asked for. */
    public Supplier<Set<String>> identifiers() {
        var read = new AtomicReference<Optional<Set<String>>>(Optional.empty());
        return () -> read.updateAndGet(known -> known.or(() -> Optional.of(resources().stream()
                        .map(resource -> resource.get("id"))
                        .filter(id -> id != null && id.isJsonPrimitive())
                        .map(JsonElement::getAsString)
                        .collect(Collectors.toUnmodifiableSet()))))
                .orElseThrow();
    }

    private static JsonObject object(String text, String what) {
        try {
            if (JsonParser.parseString(text) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException notJson) {
            throw new IllegalStateException("pulumi did not print the stack's " + what + " as JSON", notJson);
        }
        throw new IllegalStateException("pulumi did not print the stack's " + what + " as a JSON object");
    }

    private String run(String... arguments) {
        var result = call(arguments);
        // The running update rewrites the state after every step, and a file backend may serve it half-written.
        for (int attempt = 1; result.code() != 0 && attempt < ATTEMPTS; attempt++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            result = call(arguments);
        }
        if (result.code() != 0) {
            throw new IllegalStateException(
                    "the identity of stack " + stack + " is kept by its backend, and \"" + program + " "
                            + String.join(" ", List.of(arguments).subList(0, Math.min(3, arguments.length)))
                            + "\" failed: " + result.reason()
                            + ". Put the pulumi command on the PATH, and let it reach the backend");
        }
        return result.output();
    }

    private Processes.Result call(String... arguments) {
        var command = new ArrayList<String>();
        command.add(program);
        command.addAll(List.of(arguments));
        return Processes.run(LIMIT, Map.of("PULUMI_SKIP_UPDATE_CHECK", "true"), command);
    }
}
