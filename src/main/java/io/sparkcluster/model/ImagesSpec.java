package io.sparkcluster.model;

import com.google.auto.value.AutoValue;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The images of a cluster in the order in which they are built: base, spark-base, and on that
 * spark-master, spark-worker, spark-history and jupyterlab.
 */
@AutoValue
public abstract class ImagesSpec {

    /** All images built. */
    public static final ImagesSpec DEFAULT = new AutoValue_ImagesSpec.Builder()
            .base(ImageSource.build())
            .sparkBase(ImageSource.build())
            .sparkMaster(ImageSource.build())
            .sparkWorker(ImageSource.build())
            .sparkHistory(ImageSource.build())
            .jupyterLab(ImageSource.build())
            .classDataSharing(true)
            .build();

    ImagesSpec() {}

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /**
     * The Debian image that everything is built on. Default: the one with the chosen Java and Python; without a choice {@code debian:trixie-slim} for Spark 4, and
     * {@code debian:bookworm-slim} for Spark 3.5.
     */
    public abstract Optional<String> from();

    /**
     * When the packages of Debian in the images were last brought up to date, as a day, {@code 2026-12-01}, or a minute of UTC, {@code 2026-12-01T09:05Z}. With
     * another value, the images are built anew, with the packages that Debian has then. Without effect if {@link #base} is not built. Default: none; the packages
     * are those of the day of the first build.
     */
    public abstract Optional<String> updated();

    /**
     * The architecture that images are built for and must have. Default: that of the engine that builds them. Another one takes much longer, and the engine must be
     * able to emulate it.
     */
    public abstract Optional<Architecture> architecture();

    /** Source of the image with the operating system, Java, Python and the cluster's user. Default: built. */
    public abstract ImageSource base();

    /** Source of the image with Spark and its Python libraries. Default: built. */
    public abstract ImageSource sparkBase();

    /** Source of the master's image. Default: built. */
    public abstract ImageSource sparkMaster();

    /** Source of the workers' image. Default: built. */
    public abstract ImageSource sparkWorker();

    /** Source of the history server's image, which is only needed with a history. Default: built. */
    public abstract ImageSource sparkHistory();

    /** Source of the edge node's image. Default: built. */
    public abstract ImageSource jupyterLab();

    /** A PEM file of certificate authorities that builds and images trust besides the public ones, as behind a company's TLS proxy. Default: none. */
    public abstract Optional<Path> extraCaCertificates();

    /**
     * Whether the images contain an archive of Spark's loaded classes, with which JVMs, and therefore nodes and sessions, start faster. It costs 227 MB of disk,
     * once for all images, and about a minute of the first build. A JVM with another class path, as with {@code spark.executor.extraClassPath},
     * starts without it. Without effect if {@link #sparkBase} is not built. See <a
     * href="https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html">Class Data Sharing</a>. Default: true.
     */
    public abstract boolean classDataSharing();

    /** The same images, also trusting the authorities in that PEM file. */
    public ImagesSpec withExtraCaCertificates(Path pem) {
        return toBuilder().extraCaCertificates(pem).build();
    }

    /** The same images, with or without an archive of Spark's classes. */
    public ImagesSpec withClassDataSharing(boolean on) {
        return toBuilder().classDataSharing(on).build();
    }

    /** The same images with other sources for the images of master, workers and edge node. */
    public ImagesSpec withNodeImages(ImageSource master, ImageSource worker, ImageSource lab) {
        return toBuilder()
                .sparkMaster(master)
                .sparkWorker(worker)
                .jupyterLab(lab)
                .build();
    }

    /** The same images with another source for the history server's image. */
    public ImagesSpec withHistoryImage(ImageSource history) {
        return toBuilder().sparkHistory(history).build();
    }

    /** A builder that starts with these values. */
    public abstract Builder toBuilder();

    /** Sets values one by one. The accessors of {@link ImagesSpec} say what they mean. */
    @AutoValue.Builder
    public abstract static class Builder {

        Builder() {}

        public abstract Builder from(String value);

        public abstract Builder updated(String value);

        public abstract Builder architecture(Architecture value);

        public abstract Builder base(ImageSource value);

        public abstract Builder sparkBase(ImageSource value);

        public abstract Builder sparkMaster(ImageSource value);

        public abstract Builder sparkWorker(ImageSource value);

        public abstract Builder sparkHistory(ImageSource value);

        public abstract Builder jupyterLab(ImageSource value);

        public abstract Builder extraCaCertificates(Path value);

        public abstract Builder classDataSharing(boolean value);

        public abstract ImagesSpec build();
    }
}
