package io.sparkcluster.plan;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A Spark release that clusters can run, with the versions that belong to it.
 *
 * @param version the release
 * @param scala the Scala version that its jars are built for
 * @param hadoop the Hadoop client inside it; a matching {@code hadoop-aws} has the same version
 * @param sha256 checksum of the pyspark source distribution that images are built from
 * @param java major versions of Java that it runs on
 */
public record SparkRelease(String version, String scala, String hadoop, String sha256, SortedSet<Integer> java) {

    /** Keeps its own copy. */
    public SparkRelease {
        java = Collections.unmodifiableSortedSet(new TreeSet<>(java));
    }

    /** Whether this is Spark 4.0 or newer, which has recovery with RocksDB and a recovery timeout. */
    boolean isAtLeast4() {
        return !VersionOrder.isOlder(version, "4");
    }
}
