/** The ready Pulumi program: makes one cluster of a stack's configuration, and words what its users can do. */
@NullMarked
package io.sparkcluster.program;

import org.jspecify.annotations.NullMarked;
