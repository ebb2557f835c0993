package io.sparkcluster.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The five images of a cluster, in the order in which one is built on the other: base, spark-base, and on that
 * spark-master, spark-worker and jupyterlab.
 *
 * @param from the Debian image that everything is built on. Default: {@code debian:bookworm-slim}
 * @param base source of the image with the operating system, Java, Python and the cluster's user. Default: built
 * @param sparkBase source of the image with Spark and its Python libraries. Default: built
 * @param sparkMaster source of the master's image. Default: built
 * @param sparkWorker source of the workers' image. Default: built
 * @param jupyterLab source of the edge node's image. Default: built
 * @param extraCaCertificates a PEM file of certificate authorities that builds and images trust besides the public ones,
 *     as behind a company's TLS proxy. Default: none
 */
public record ImagesSpec(
        String from,
        ImageSource base,
        ImageSource sparkBase,
        ImageSource sparkMaster,
        ImageSource sparkWorker,
        ImageSource jupyterLab,
        Optional<Path> extraCaCertificates) {

    /** All five images built on Debian 12. */
    public static final ImagesSpec DEFAULT = new ImagesSpec(
            "debian:bookworm-slim",
            ImageSource.build(),
            ImageSource.build(),
            ImageSource.build(),
            ImageSource.build(),
            ImageSource.build(),
            Optional.empty());

    /** The same images, also trusting the authorities in that PEM file. */
    public ImagesSpec withExtraCaCertificates(Path pem) {
        return new ImagesSpec(from, base, sparkBase, sparkMaster, sparkWorker, jupyterLab, Optional.of(pem));
    }

    /** The same images with master, workers and edge node taken from a registry. */
    public ImagesSpec withNodeImages(ImageSource master, ImageSource worker, ImageSource lab) {
        return new ImagesSpec(from, base, sparkBase, master, worker, lab, extraCaCertificates);
    }
}
