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

    /**
     * Arguments of a smoke test.
     *
     * @param platform the platform of the nodes
     * @param test the planned test
     * @param edge the node that starts the test
     * @param nodes all nodes; the test runs again when one of them is replaced
     */
    public record Args(Platform platform, SmokeTestPlan test, NodeHandle edge, List<NodeHandle> nodes) {}
}
