/**
 * What a user says about a cluster: immutable values and the rules they must keep. Knows neither Pulumi nor any platform.
 *
 * <p>Descriptions are made by factories and builders, not by constructors, so that a program still compiles when a description gets another field.
 */
@NullMarked
package io.sparkcluster.model;

import org.jspecify.annotations.NullMarked;
