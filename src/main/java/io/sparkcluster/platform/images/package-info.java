/** Images: what they are built from, and how an engine builds them. Every platform uses this package. */
@NullMarked
package io.sparkcluster.platform.images;

import org.jspecify.annotations.NullMarked;
