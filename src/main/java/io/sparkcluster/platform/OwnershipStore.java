package io.sparkcluster.platform;

import com.google.gson.JsonObject;
import io.sparkcluster.model.Owner;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads a stack's identity, that is its owner and its tags, or makes a new one.
 *
 * @param cli asks the stack's backend
 * @param description the name of a new owner
 */
record OwnershipStore(StackCli cli, String description) {

    static final String PREFIX = "sparkcluster:";
    static final String OWNER = "owner";
    static final String OWNER_NAME = "owner-name";
    static final String CLUSTER = "cluster";

    /** The component in the state whose outputs also hold the identity; {@code SparkCluster} registers them. */
    private static final String STATE_TYPE = "sparkcluster:index:SparkCluster";

    private static final String ROOT_TYPE = "pulumi:pulumi:Stack";

    private static final int ID_LENGTH = 20;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    /** The most characters that Pulumi Cloud accepts in a tag's value. */
    private static final int LONGEST_VALUE = 256;

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * The identity of the stack.
     *
     * @param write whether to store a new identity, or one that only the state still has, as tags; false in a preview
     */
    Ownership load(boolean write) {
        var found = found();
        var tags = isOwn(found) ? new TreeMap<>(found) : new TreeMap<String, String>();
        if (!Owner.isId(tags.getOrDefault(OWNER, ""))) {
            tags.clear();
            tags.putAll(fromState().orElseGet(this::anew));
            if (write) {
                found.keySet().removeAll(tags.keySet());
                change(found.keySet(), tags);
            }
        }
        var owner = new Owner(tags.getOrDefault(OWNER, ""), tags.getOrDefault(OWNER_NAME, description));
        return new Ownership(owner, Optional.ofNullable(tags.get(CLUSTER)), tags);
    }

    /** The stack's tags of this project, without their prefix. */
    private TreeMap<String, String> found() {
        var tags = new TreeMap<String, String>();
        cli.tags().forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                tags.put(name.substring(PREFIX.length()), value);
            }
        });
        return tags;
    }

    /**
     * Whether the tags belong to this stack. When a stack is renamed, a file backend leaves its tags behind, and the next stack of the old name gets them. So
     * the tags of a stack that was never updated and has no resources are ignored. The root resource does not count, since the state has it already during the
     * first update.
     */
    private boolean isOwn(Map<String, String> tags) {
        return !tags.isEmpty()
                && (cli.hasHistory()
                        || cli.resources().stream().anyMatch(resource -> !ROOT_TYPE.equals(text(resource, "type"))));
    }

    /** Writes tags, named without their prefix. */
    void keep(Map<String, String> tags) {
        change(Set.of(), tags);
    }

    private void change(Set<String> stale, Map<String, String> tags) {
        var prefixed = new TreeMap<String, String>();
        tags.forEach((name, value) -> prefixed.put(PREFIX + name, value));
        cli.changeTags(stale.stream().map(PREFIX::concat).collect(Collectors.toSet()), prefixed);
    }

    private Optional<Map<String, String>> fromState() {
        return cli.resources().stream()
                .filter(resource -> STATE_TYPE.equals(text(resource, "type")))
                .map(resource -> resource.get("outputs"))
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(outputs -> Owner.isId(text(outputs, "owner")))
                .findFirst()
                .map(outputs -> Map.of(
                        OWNER, text(outputs, "owner"),
                        OWNER_NAME, text(outputs, "ownerName"),
                        CLUSTER, text(outputs, "cluster")));
    }

    private static String text(JsonObject object, String key) {
        var value = object.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private Map<String, String> anew() {
        var id = new StringBuilder();
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return Map.of(OWNER, id.toString(), OWNER_NAME, description);
    }

    /**
     * The name of an owner made now: who runs the first update, and where.
     *
     * @param stack as {@code organization/project/stack}
     */
    static String describe(String stack) {
        String place = Path.of("").toAbsolutePath().toString();
        String name = System.getProperty("user.name", "somebody") + " on " + host() + ", " + place + ", stack "
                + stack.substring(stack.lastIndexOf('/') + 1);
        return name.length() <= LONGEST_VALUE ? name : name.substring(0, LONGEST_VALUE);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "this machine";
        }
    }
}
