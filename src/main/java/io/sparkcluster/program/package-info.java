/** The ready Pulumi program: reads a stack's configuration strictly and makes one cluster of it. */
@NullMarked
package io.sparkcluster.program;

import org.jspecify.annotations.NullMarked;
