/** The ready Pulumi program: creates one cluster from a stack's configuration, and words messages for its users. */
@NullMarked
package io.sparkcluster.program;

import org.jspecify.annotations.NullMarked;
