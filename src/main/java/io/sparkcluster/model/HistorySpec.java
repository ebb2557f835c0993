package io.sparkcluster.model;

import java.time.Duration;

/**
 * The history of applications: drivers write what happens to a volume, and a history server shows it, also when the application and the master are gone. See
 * <a href="https://spark.apache.org/docs/latest/monitoring.html#viewing-after-the-fact">Viewing After the Fact</a>. The volume is kept or removed as the workspace is.
 *
 * @param enabled whether there is one. Default: false
 * @param cpus CPUs that the history server may use at most. Default: 0.5, since it works only while somebody looks
 * @param memory memory limit of the history server. Default: 1g
 * @param port port on the publishing address under which its page is published. Default: 18080
 * @param maxAge how long an application's log is kept ({@code spark.history.fs.cleaner.maxAge}). Default: 30 days
 * @param maxApplications how many applications are kept at most, the newest ones ({@code spark.history.fs.cleaner.maxNum}). Default: 100
 * @param maxFiles how many files of one application are kept uncompacted ({@code spark.history.fs.eventLog.rolling.maxFilesToRetain}). Default: 10
 * @param maxFileSize at which size a driver begins another file ({@code spark.eventLog.rolling.maxFileSize}); 10m at least. Default: 128m
 * @param volumeSize what the volume must hold, on platforms that ask. Default: 10g
 */
public record HistorySpec(
        boolean enabled,
        double cpus,
        MemorySize memory,
        Port port,
        Duration maxAge,
        int maxApplications,
        int maxFiles,
        MemorySize maxFileSize,
        MemorySize volumeSize) {

    /** No history. */
    public static final HistorySpec DEFAULT = new HistorySpec(
            false,
            0.5,
            MemorySize.gibibytes(1),
            Port.of(18_080),
            Duration.ofDays(30),
            100,
            10,
            MemorySize.mebibytes(128),
            MemorySize.gibibytes(10));

    /** A history with every default. */
    public static HistorySpec on() {
        return DEFAULT.withEnabled(true);
    }

    /** The same with or without a history server. */
    public HistorySpec withEnabled(boolean on) {
        return new HistorySpec(on, cpus, memory, port, maxAge, maxApplications, maxFiles, maxFileSize, volumeSize);
    }

    /** The same with its page published on another port. */
    public HistorySpec withPort(int number) {
        return new HistorySpec(
                enabled, cpus, memory, Port.of(number), maxAge, maxApplications, maxFiles, maxFileSize, volumeSize);
    }
}
