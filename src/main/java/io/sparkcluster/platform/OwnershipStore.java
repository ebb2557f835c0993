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
 * Reads and makes a stack's identity.
 *
 * @param cli what the backend is asked by
 * @param description what a new owner is called
 */
record OwnershipStore(StackCli cli, String description) {

    static final String PREFIX = "sparkcluster:";
    static final String OWNER = "owner";
    static final String OWNER_NAME = "owner-name";
    static final String CLUSTER = "cluster";

    /** Outputs of a cluster in the state; {@code SparkCluster} registers them. */
    private static final String STATE_TYPE = "sparkcluster:index:SparkCluster";

    private static final String ROOT_TYPE = "pulumi:pulumi:Stack";

    private static final int ID_LENGTH = 20;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    /** A value of a tag may not be longer in Pulumi Cloud. */
    private static final int LONGEST_VALUE = 256;

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * The identity of the stack.
     *
     * @param write whether a new one, or one that only the state still has, is written down; not in a preview
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
     * Whether tags are the stack's own. A backend of files leaves the tags where they are when a stack is renamed, and gives them to the next stack of the old name: a stack
     * that was never updated and has no resource has no identity, whatever its tags say. The root of the tree is in the state while the first update runs.
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
     * What people call the owner that is made here and now: who ran the first update, and where.
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
