package io.sparkcluster.live;

import org.junit.jupiter.api.Tag;

/** The Makefile's targets with the committed stack {@code minikube-pods}, in which Kubernetes starts executors as pods. */
@Tag("live")
@Tag("kubernetes")
@Tag("nightly")
class KubernetesPodsVerbsTest extends KubernetesVerbs {

    KubernetesPodsVerbsTest() {
        super("minikube-pods", "testexecutors");
    }
}
