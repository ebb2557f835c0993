package io.sparkcluster.plan;

/**
 * What a cluster's images are built on.
 *
 * @param image the Linux image
 * @param java the major version of Java on every node
 * @param python the minor version of Python on every node, for example {@code 3.13}
 */
public record Foundation(String image, int java, String python) {}
