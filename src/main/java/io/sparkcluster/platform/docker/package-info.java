/** Clusters on one host with the Docker Engine or Podman, through Pulumi's docker package. */
@NullMarked
package io.sparkcluster.platform.docker;

import org.jspecify.annotations.NullMarked;
