package io.sparkcluster.live;

import java.util.ArrayList;
import java.util.List;

/** The Makefile's targets with a committed stack on Kubernetes. */
abstract class KubernetesVerbs extends VerbsWalk {

    KubernetesVerbs(String committed, String stack) {
        super(committed, stack);
    }

    /** The namespace, and what of the cluster is in it. */
    @Override
    List<String> remains(String cluster) {
        var there = new EdgePod(cluster, cluster + "-edge-0");
        var all = new ArrayList<>(
                names(there.kubectl("get", "namespace", cluster, "--ignore-not-found", "--output", "name")));
        all.addAll(names(there.kubectl(
                "get",
                "all,configmaps,secrets,networkpolicies,poddisruptionbudgets,persistentvolumeclaims",
                "--selector",
                "io.sparkcluster.cluster=" + cluster,
                "--output",
                "name")));
        return all;
    }

    /** Beside names, kubectl says where there is none. */
    private static List<String> names(Shell.Result listed) {
        return listed.orFail().text().lines().filter(line -> line.contains("/")).toList();
    }

    @Override
    List<String> workspace(String cluster) {
        return List.of("namespace/" + cluster, "persistentvolumeclaim/" + cluster + "-workspace");
    }
}
