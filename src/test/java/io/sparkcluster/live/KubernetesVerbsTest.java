package io.sparkcluster.live;

import org.junit.jupiter.api.Tag;

/** The Makefile's targets with the committed stack {@code minikube}. */
@Tag("live")
@Tag("kubernetes")
@Tag("nightly")
class KubernetesVerbsTest extends KubernetesVerbs {

    KubernetesVerbsTest() {
        super("minikube", "testpods");
    }
}
