/**
 * What a user says about a cluster: immutable values and the rules they must keep. Knows neither Pulumi nor any platform.
 */
@NullMarked
package io.sparkcluster.model;

import org.jspecify.annotations.NullMarked;
