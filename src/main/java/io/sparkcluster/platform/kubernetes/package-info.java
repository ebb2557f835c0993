/** Runs clusters as stateful sets in a Kubernetes namespace, with Pulumi's kubernetes provider. */
@NullMarked
package io.sparkcluster.platform.kubernetes;

import org.jspecify.annotations.NullMarked;
