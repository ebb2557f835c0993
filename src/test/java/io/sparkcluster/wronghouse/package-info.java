/** A house in which every rule of {@link io.sparkcluster.House} is broken. */
package io.sparkcluster.wronghouse;
