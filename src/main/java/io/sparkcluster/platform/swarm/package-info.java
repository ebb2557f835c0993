/** Runs clusters on several machines that are reached by SSH and form one Docker Swarm. */
@NullMarked
package io.sparkcluster.platform.swarm;

import org.jspecify.annotations.NullMarked;
