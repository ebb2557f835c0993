package io.sparkcluster;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ProviderResource;
import io.sparkcluster.model.InvalidClusterException;
import io.sparkcluster.plan.ClusterPlan;
import io.sparkcluster.platform.Ownership;
import io.sparkcluster.platform.Platform;
import io.sparkcluster.platform.PreflightContext;
import java.util.List;

/**
 * The steps before the resources of a cluster are registered: plan the cluster, check the platform, register what the
 * platform needs.
 *
 * @param args the cluster's arguments
 * @param plan the cluster's plan
 * @param ownership the cluster's owner
 * @param platform the prepared platform
 * @param options the component's options, with the platform's providers
 */
record Preparation(
        SparkClusterArgs args,
        ClusterPlan plan,
        Ownership ownership,
        Platform platform,
        ComponentResourceOptions options) {

    /**
     * Prepares a cluster.
     *
     * @throws InvalidClusterException with every problem of the description or, if there is none, of the platform; nothing is registered then
     */
    static Preparation of(String name, SparkClusterArgs args, ComponentResourceOptions options) {
        var plan = SparkCluster.plan(args);
        var platform = args.platform();
        var ownership = Ownership.current();
        plan.warnings().forEach(warning -> args.warn(warning.toString()));
        if (args.preflight()) {
            platform.exposed(plan, args.wording()).ifPresent(args::warn);
            var problems = platform.preflight(plan, new PreflightContext(ownership, args.wording(), args::info));
            if (!problems.isEmpty()) {
                throw new InvalidClusterException("the platform of " + args.subject(), problems);
            }
            platform.warnings(plan).forEach(args::warn);
        }
        Ownership.pinCluster(plan.spec().name());
        var prepared = platform.prepare(name, plan, ownership, options.getParent());
        return new Preparation(args, plan, ownership, prepared.platform(), with(prepared.providers(), options));
    }

    private static ComponentResourceOptions with(List<ProviderResource> made, ComponentResourceOptions options) {
        return made.isEmpty()
                ? options
                : ComponentResourceOptions.merge(
                        options,
                        ComponentResourceOptions.builder().providers(made).build());
    }
}
