package io.sparkcluster;

/**
 * A worker as the master lists it.
 *
 * @param name its host name in the cluster's network
 * @param cores its task slots
 * @param memory memory that it gives to executors, in Spark's notation, for example {@code 998m}
 */
public record WorkerInfo(String name, int cores, String memory) {}
