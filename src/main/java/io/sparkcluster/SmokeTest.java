package io.sparkcluster;

import com.google.auto.value.AutoValue;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import io.sparkcluster.plan.SmokeTestPlan;
import io.sparkcluster.platform.NodeHandle;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.ResourceScope;
import java.util.List;
import java.util.Map;

/**
 * A small job that the edge node starts and every worker or executor runs. It writes to the workspace, reads the files back, and compares
 * the running versions with the planned ones. Without it, {@code up} would only show that processes run.
 */
public final class SmokeTest extends ComponentResource {

    @Export(
            name = "report",
            refs = {String.class},
            tree = "[0]")
    private final Output<String> report;

    /**
     * Registers a smoke test.
     *
     * @param name name of the component
     * @param args the planned test and the nodes
     * @param options resource options
     */
    public SmokeTest(String name, Args args, ComponentResourceOptions options) {
        super(ComponentTypes.of(SmokeTest.class), name, ResourceArgs.Empty, options);
        var scope = ResourceScope.of(name + "-job", this, Map.of())
                .after(ComponentTypes.resources(
                        args.nodes().stream().map(NodeHandle::ready).toList()));
        this.report = args.platform().smokeTest(scope, args.test(), args.edge(), args.nodes());
        registerOutputs(Map.of("report", report));
    }

    /** Registers a smoke test that no other component contains. */
    public SmokeTest(String name, Args args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /** The job's report, one line of JSON with {@code job}, {@code seconds}, {@code result}, {@code workers} and {@code versions}. */
    public Output<String> report() {
        return report;
    }

    /** Arguments of a smoke test. */
    @AutoValue
    public abstract static class Args {

        Args() {}

        /**
         * Arguments of a smoke test.
         *
         * @param platform the platform of the nodes
         * @param test the planned test
         * @param edge the node that starts the test
         * @param nodes all nodes; the test runs again when one of them is replaced
         */
        public static Args of(Platform platform, SmokeTestPlan test, NodeHandle edge, List<NodeHandle> nodes) {
            return new AutoValue_SmokeTest_Args.Builder()
                    .platform(platform)
                    .test(test)
                    .edge(edge)
                    .nodes(List.copyOf(nodes))
                    .build();
        }

        /** The platform of the nodes. */
        public abstract Platform platform();

        /** The planned test. */
        public abstract SmokeTestPlan test();

        /** The node that starts the test. */
        public abstract NodeHandle edge();

        /** All nodes; the test runs again when one of them is replaced. */
        public abstract List<NodeHandle> nodes();

        /** A builder that starts with these values. */
        abstract Builder toBuilder();

        @AutoValue.Builder
        abstract static class Builder {

            Builder() {}

            abstract Builder platform(Platform value);

            abstract Builder test(SmokeTestPlan value);

            abstract Builder edge(NodeHandle value);

            abstract Builder nodes(List<NodeHandle> value);

            abstract Args build();
        }
    }
}
