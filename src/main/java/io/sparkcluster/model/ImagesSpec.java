package io.sparkcluster.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The images of a cluster in the order in which they are built: base, spark-base, and on that
 * spark-master, spark-worker, spark-history and jupyterlab.
 *
 * @param from the Debian image that everything is built on. Default: {@code debian:bookworm-slim}
 * @param base source of the image with the operating system, Java, Python and the cluster's user. Default: built
 * @param sparkBase source of the image with Spark and its Python libraries. Default: built
 * @param sparkMaster source of the master's image. Default: built
 * @param sparkWorker source of the workers' image. Default: built
 * @param sparkHistory source of the history server's image, which is only needed with a history. Default: built
 * @param jupyterLab source of the edge node's image. Default: built
 * @param extraCaCertificates a PEM file of certificate authorities that builds and images trust besides the public ones,
 *     as behind a company's TLS proxy. Default: none
 * @param classDataSharing whether the images contain an archive of Spark's loaded classes, with which JVMs, and therefore
 *     sessions, start faster. It costs 221 MB of disk, once for all images, and about two minutes of the first build. A JVM
 *     with another class path, as with {@code spark.executor.extraClassPath}, starts without it. See
 *     <a href="https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html">Class Data Sharing</a>. Default:
 *     false
 */
public record ImagesSpec(
        String from,
        ImageSource base,
        ImageSource sparkBase,
        ImageSource sparkMaster,
        ImageSource sparkWorker,
        ImageSource sparkHistory,
        ImageSource jupyterLab,
        Optional<Path> extraCaCertificates,
        boolean classDataSharing) {

    /** All images built on Debian 12. */
    public static final ImagesSpec DEFAULT = new ImagesSpec(
            "debian:bookworm-slim",
            ImageSource.build(),
            ImageSource.build(),
            ImageSource.build(),
            ImageSource.build(),
            ImageSource.build(),
            ImageSource.build(),
            Optional.empty(),
            false);

    /** The same images, also trusting the authorities in that PEM file. */
    public ImagesSpec withExtraCaCertificates(Path pem) {
        return new ImagesSpec(
                from,
                base,
                sparkBase,
                sparkMaster,
                sparkWorker,
                sparkHistory,
                jupyterLab,
                Optional.of(pem),
                classDataSharing);
    }

    /** The same images, with or without an archive of Spark's classes. */
    public ImagesSpec withClassDataSharing(boolean on) {
        return new ImagesSpec(
                from, base, sparkBase, sparkMaster, sparkWorker, sparkHistory, jupyterLab, extraCaCertificates, on);
    }

    /** The same images with other sources for the images of master, workers and edge node. */
    public ImagesSpec withNodeImages(ImageSource master, ImageSource worker, ImageSource lab) {
        return new ImagesSpec(
                from, base, sparkBase, master, worker, sparkHistory, lab, extraCaCertificates, classDataSharing);
    }

    /** The same images with another source for the history server's image. */
    public ImagesSpec withHistoryImage(ImageSource history) {
        return new ImagesSpec(
                from,
                base,
                sparkBase,
                sparkMaster,
                sparkWorker,
                history,
                jupyterLab,
                extraCaCertificates,
                classDataSharing);
    }
}
