package io.sparkcluster.model;

import com.google.auto.value.AutoValue;
import java.time.Duration;

/**
 * The history of applications: drivers write event logs to a volume, and a history server shows them even when the application and the master are gone. See
 * <a href="https://spark.apache.org/docs/latest/monitoring.html#viewing-after-the-fact">Viewing After the Fact</a>. The volume is kept or removed as
 * {@link SharedVolumeSpec#retain} says.
 */
@AutoValue
public abstract class HistorySpec {

    /** No history. */
    public static final HistorySpec DEFAULT = new AutoValue_HistorySpec.Builder()
            .enabled(false)
            .cpus(0.5)
            .memory(MemorySize.gibibytes(1))
            .port(Port.of(18_080))
            .maxAge(Duration.ofDays(30))
            .maxApplications(100)
            .maxFiles(10)
            .maxFileSize(MemorySize.mebibytes(128))
            .volumeSize(MemorySize.gibibytes(10))
            .build();

    HistorySpec() {}

    /** A history with every default. */
    public static HistorySpec on() {
        return DEFAULT.withEnabled(true);
    }

    /** A builder that starts with the defaults: no history unless {@link Builder#enabled} is set. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** Whether there is a history. Default: false. */
    public abstract boolean enabled();

    /** CPUs that the history server may use at most, 0.1 to 256. Default: 0.5, since the server works only when somebody opens its page. */
    public abstract double cpus();

    /** Memory limit of the history server, at least 768m. Default: 1g. */
    public abstract MemorySize memory();

    /** Port on the publishing address under which its page is published. Default: 18080. */
    public abstract Port port();

    /** How long an application's log is kept ({@code spark.history.fs.cleaner.maxAge}), 1 hour to 3650 days. Default: 30 days. */
    public abstract Duration maxAge();

    /** How many applications are kept, the newest ones ({@code spark.history.fs.cleaner.maxNum}), 1 to 100000. Default: 100. */
    public abstract int maxApplications();

    /** How many files of one application are kept uncompacted ({@code spark.history.fs.eventLog.rolling.maxFilesToRetain}), 1 to 1000. Default: 10. */
    public abstract int maxFiles();

    /** The size at which a driver begins another file ({@code spark.eventLog.rolling.maxFileSize}), at least 10m. Default: 128m. */
    public abstract MemorySize maxFileSize();

    /** Size of the volume, on platforms that need one, at least 100m. Default: 10g. */
    public abstract MemorySize volumeSize();

    /** The same with or without a history server. */
    public HistorySpec withEnabled(boolean on) {
        return toBuilder().enabled(on).build();
    }

    /**
     * The same with its page published on another port.
     *
     * @throws IllegalArgumentException if the port is not 1024 to 65535
     */
    public HistorySpec withPort(int number) {
        return toBuilder().port(Port.of(number)).build();
    }

    /** A builder that starts with these values. */
    public abstract Builder toBuilder();

    /** Sets values one by one. The accessors of {@link HistorySpec} say what they mean. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        public abstract Builder enabled(boolean value);

        public abstract Builder cpus(double value);

        public abstract Builder memory(MemorySize value);

        public abstract Builder port(Port value);

        public abstract Builder maxAge(Duration value);

        public abstract Builder maxApplications(int value);

        public abstract Builder maxFiles(int value);

        public abstract Builder maxFileSize(MemorySize value);

        public abstract Builder volumeSize(MemorySize value);

        public abstract HistorySpec build();
    }
}
