package io.sparkcluster;

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
 * A small job that runs from the edge node on every worker, writes to the workspace and reads it back, and compares the versions that it
 * meets with those that were asked for. Without it {@code up} would only mean that processes run.
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
     * @param args what to run and where
     * @param options the usual options
     */
    public SmokeTest(String name, Args args, ComponentResourceOptions options) {
        super(ComponentTypes.of(SmokeTest.class), name, ResourceArgs.Empty, options);
        var scope = ResourceScope.of(name + "-job", this, Map.of())
                .after(ComponentTypes.resources(
                        args.nodes().stream().map(NodeHandle::ready).toList()));
        this.report = args.platform().smokeTest(scope, args.test(), args.edge(), args.nodes());
        registerOutputs(Map.of("report", report));
    }

    /** Registers a smoke test of its own, outside of any other component. */
    public SmokeTest(String name, Args args) {
        this(name, args, ComponentResourceOptions.Empty);
    }

    /** What the job reports, as one line of JSON: {@code job}, {@code seconds}, {@code result}, {@code workers}, {@code versions}. */
    public Output<String> report() {
        return report;
    }

    /**
     * What to run and where.
     *
     * @param platform where
     * @param test the planned test
     * @param edge the node that it runs on
     * @param nodes all nodes; it runs again when one of them was replaced
     */
    public record Args(Platform platform, SmokeTestPlan test, NodeHandle edge, List<NodeHandle> nodes) {}
}
