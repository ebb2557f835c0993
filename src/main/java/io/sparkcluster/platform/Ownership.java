package io.sparkcluster.platform;

import com.pulumi.deployment.Deployment;
import io.sparkcluster.model.Owner;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Who owns what the running program makes, and what else has to stay the same for that owner whatever the stack is called.
 *
 * <p>A program is told its organization, project and stack, but not the backend, and two backends may have the same names. So the owner is made at random by the
 * first update and kept as tags of the stack, in the backend: they outlive {@code pulumi destroy}. A backend of files forgets them when a stack is renamed; the state,
 * which goes along, has them too.
 *
 * @param owner the owner
 * @param cluster the name that the stack's cluster got when it was first made, without which a renamed stack would replace all of it
 * @param tags the stack's other tags of this project, without their prefix
 */
public record Ownership(Owner owner, Optional<String> cluster, Map<String, String> tags) {

    private static final Map<String, Ownership> KNOWN = new ConcurrentHashMap<>();

    /** Set by Pulumi for every program that an engine runs. */
    private static final String ENGINE = "PULUMI_MONITOR";

    /** Keeps its own copy. */
    public Ownership {
        tags = Map.copyOf(tags);
    }

    /**
     * The owner of what the running program makes. Where no engine runs the program, as in tests with mocks, it is always the same one.
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

    /** Keeps the name of the stack's first cluster, see {@link #pins}. Does nothing where another one came before. */
    public static void pinCluster(String name) {
        store().filter(store -> current().cluster().isEmpty()).ifPresent(store -> {
            KNOWN.computeIfPresent(
                    store.cli().stack(),
                    (stack, known) -> new Ownership(known.owner(), Optional.of(name), known.tags()));
            pins().accept(OwnershipStore.CLUSTER, name);
        });
    }

    /** Whether an engine runs the program; otherwise it is a test with mocks. */
    public static boolean engineRuns() {
        return System.getenv(ENGINE) != null;
    }

    /**
     * Keeps values as tags of the stack, by the tag's name without its prefix. Does nothing in a preview, and where no engine runs the program. May be used when the
     * program has registered everything.
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

    /** What asks for the stack's state; none where no engine runs the program. */
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
