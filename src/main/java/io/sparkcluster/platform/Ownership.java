package io.sparkcluster.platform;

import com.pulumi.deployment.Deployment;
import io.sparkcluster.model.Owner;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * The owner of everything that the running program makes, and what else must stay the same for that owner when the stack is renamed.
 *
 * <p>Pulumi tells a program its organization, project and stack, but not its backend, and two backends may use the same names. Therefore the first update makes
 * a random owner and keeps it as tags of the stack, which outlive {@code pulumi destroy}. A file backend loses the tags when a stack is renamed; the owner is
 * then read from the stack's state, which is kept.
 *
 * @param owner the owner
 * @param cluster the name of the stack's first cluster. The default name follows from the stack's name, so without this record a renamed stack would replace
 *     its cluster
 * @param tags all tags of the stack that this library set, without their prefix
 */
public record Ownership(Owner owner, Optional<String> cluster, Map<String, String> tags) {

    private static final Map<String, Ownership> KNOWN = new ConcurrentHashMap<>();

    /** Set by Pulumi's engine for every program that it runs. */
    private static final String ENGINE = "PULUMI_MONITOR";

    /** Keeps its own copy. */
    public Ownership {
        tags = Map.copyOf(tags);
    }

    /**
     * The owner of what the running program makes. Without Pulumi's engine, as in tests with mocks, it is always the same owner.
     *
     * @throws IllegalStateException when the stack's tags cannot be read or written
     */
    public static Ownership current() {
        var deployment = Deployment.getInstance();
        return store().map(store ->
                        KNOWN.computeIfAbsent(store.cli().stack(), stack -> store.load(!deployment.isDryRun())))
                .orElseGet(() -> new Ownership(
                        new Owner("withoutengine", "a program without an engine"), Optional.empty(), Map.of()));
    }

    /**
     * Records the name of the stack's first cluster; an update also keeps it as a tag of the stack. Does nothing if the stack already has a first cluster, and
     * without Pulumi's engine.
     *
     * @throws IllegalStateException when the stack's tags cannot be read or written
     */
    public static void pinCluster(String name) {
        store().filter(store -> current().cluster().isEmpty()).ifPresent(store -> {
            KNOWN.computeIfPresent(
                    store.cli().stack(),
                    (stack, known) -> new Ownership(known.owner(), Optional.of(name), known.tags()));
            pins().accept(OwnershipStore.CLUSTER, name);
        });
    }

    /** Whether Pulumi's engine runs the program; otherwise it is a test with mocks. */
    public static boolean engineRuns() {
        return System.getenv(ENGINE) != null;
    }

    /**
     * Stores a value as a tag of the stack, by the tag's name without its prefix. Does nothing in a preview and without Pulumi's engine. The returned function
     * does not need the current {@code Deployment}, so that it also works after the program has registered everything.
     */
    static BiConsumer<String, String> pins() {
        var store = store();
        boolean writes = !Deployment.getInstance().isDryRun();
        return (tag, value) -> {
            if (writes) {
                store.ifPresent(kept -> kept.keep(Map.of(tag, value)));
            }
        };
    }

    /** Reads the stack's state; empty without Pulumi's engine. */
    public static Optional<StackCli> state() {
        return store().map(OwnershipStore::cli);
    }

    private static Optional<OwnershipStore> store() {
        if (!engineRuns()) {
            return Optional.empty();
        }
        var deployment = Deployment.getInstance();
        String stack =
                deployment.getOrganizationName() + "/" + deployment.getProjectName() + "/" + deployment.getStackName();
        return Optional.of(new OwnershipStore(StackCli.of(stack), OwnershipStore.describe(stack)));
    }
}
