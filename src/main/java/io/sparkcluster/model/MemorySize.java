package io.sparkcluster.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An amount of memory in whole mebibytes, written the way Spark and the JVM write it: {@code 512m}, {@code 2g}.
 *
 * <p>See <a href="https://spark.apache.org/docs/latest/configuration.html#spark-properties">Spark properties</a> for the
 * notation; as there, {@code m} and {@code g} are powers of 1024.
 *
 * @param mebibytes the size in MiB, at least 1
 */
public record MemorySize(long mebibytes) implements Comparable<MemorySize> {

    private static final Pattern NOTATION = Pattern.compile("(\\d{1,9})\\s*(m|mb|mib|g|gb|gib)");
    private static final long MEBIBYTES_PER_GIBIBYTE = 1024;

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if the size is below 1 MiB
     */
    public MemorySize {
        if (mebibytes < 1) {
            throw new IllegalArgumentException("a memory size must be at least 1m, not " + mebibytes + "m");
        }
    }

    /**
     * A size in mebibytes.
     *
     * @throws IllegalArgumentException if the size is below 1 MiB
     */
    public static MemorySize mebibytes(long mebibytes) {
        return new MemorySize(mebibytes);
    }

    /**
     * A size in gibibytes.
     *
     * @throws IllegalArgumentException if the size is below 1 GiB
     */
    public static MemorySize gibibytes(long gibibytes) {
        return new MemorySize(gibibytes * MEBIBYTES_PER_GIBIBYTE);
    }

    /**
     * Reads {@code 512m}, {@code 2g} and their long forms ({@code 512MiB}, {@code 2GB}).
     *
     * @throws IllegalArgumentException if the text is anything else; a number without a unit is refused because it could
     *     mean bytes as well as mebibytes
     */
    public static MemorySize parse(String text) {
        var matcher = NOTATION.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "is not a memory size; write a whole number with its unit, such as 512m or 2g");
        }
        long number = Long.parseLong(matcher.group(1));
        return matcher.group(2).startsWith("g") ? gibibytes(number) : mebibytes(number);
    }

    /** Spark's and the JVM's notation, always in mebibytes, so that equal sizes are equal texts. */
    public String spark() {
        return mebibytes + "m";
    }

    /** This size minus another one; never below 1 MiB, so that a caller can compare the result with its own minimum. */
    public MemorySize minus(MemorySize other) {
        return new MemorySize(Math.max(1, mebibytes - other.mebibytes));
    }

    /** A percentage of this size, rounded down to whole mebibytes; never below 1 MiB. */
    public MemorySize percent(int percent) {
        return new MemorySize(Math.max(1, mebibytes * percent / 100));
    }

    /** One of {@code parts} equal parts, rounded down to whole mebibytes; never below 1 MiB. */
    public MemorySize dividedBy(int parts) {
        return new MemorySize(Math.max(1, mebibytes / parts));
    }

    @Override
    public int compareTo(MemorySize other) {
        return Long.compare(mebibytes, other.mebibytes);
    }

    @Override
    public String toString() {
        return mebibytes % MEBIBYTES_PER_GIBIBYTE == 0 ? mebibytes / MEBIBYTES_PER_GIBIBYTE + "g" : mebibytes + "m";
    }
}
