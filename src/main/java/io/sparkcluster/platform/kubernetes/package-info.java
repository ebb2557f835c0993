/** Clusters as stateful sets in a Kubernetes namespace, through Pulumi's kubernetes package. */
@NullMarked
package io.sparkcluster.platform.kubernetes;

import org.jspecify.annotations.NullMarked;
