/**
 * The seam between what a cluster needs and how a platform provides it. A component says what; an implementation of
 * {@link io.sparkcluster.platform.Platform} says how. Each platform has its own subpackage.
 */
@NullMarked
package io.sparkcluster.platform;

import org.jspecify.annotations.NullMarked;
