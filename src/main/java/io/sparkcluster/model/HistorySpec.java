package io.sparkcluster.model;

import java.time.Duration;

/**
 * The history of applications: drivers write event logs to a volume, and a history server shows them even when the application and the master are gone. See
 * <a href="https://spark.apache.org/docs/latest/monitoring.html#viewing-after-the-fact">Viewing After the Fact</a>. The volume is kept or removed as
 * {@link SharedVolumeSpec#retain} says.
 *
 * @param enabled whether there is a history. Default: false
 * @param cpus CPUs that the history server may use at most, 0.1 to 256. Default: 0.5, since the server works only when somebody opens its page
 * @param memory memory limit of the history server, at least 768m. Default: 1g
 * @param port port on the publishing address under which its page is published. Default: 18080
 * @param maxAge how long an application's log is kept ({@code spark.history.fs.cleaner.maxAge}), 1 hour to 3650 days. Default: 30 days
 * @param maxApplications how many applications are kept, the newest ones ({@code spark.history.fs.cleaner.maxNum}), 1 to 100000. Default: 100
 * @param maxFiles how many files of one application are kept uncompacted ({@code spark.history.fs.eventLog.rolling.maxFilesToRetain}), 1 to 1000.
 *     Default: 10
 * @param maxFileSize the size at which a driver begins another file ({@code spark.eventLog.rolling.maxFileSize}), at least 10m. Default: 128m
 * @param volumeSize size of the volume, on platforms that need one, at least 100m. Default: 10g
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

    /**
     * The same with its page published on another port.
     *
     * @throws IllegalArgumentException if the port is not 1024 to 65535
     */
    public HistorySpec withPort(int number) {
        return new HistorySpec(
                enabled, cpus, memory, Port.of(number), maxAge, maxApplications, maxFiles, maxFileSize, volumeSize);
    }
}
