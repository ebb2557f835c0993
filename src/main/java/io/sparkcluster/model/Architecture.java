package io.sparkcluster.model;

/** A processor architecture that images can be built for: one for which all Python libraries of the images have wheels. */
public enum Architecture {
    /** 64-bit Intel and AMD. */
    AMD64("amd64", "amd64"),
    /** 64-bit ARM, as in Raspberry Pi 3 to 5 and in Apple's own processors. */
    ARM64("arm64", "arm64v8");

    private final String label;
    private final String registryPath;

    Architecture(String label, String registryPath) {
        this.label = label;
        this.registryPath = registryPath;
    }

    /** The architecture's name in configurations, and to engines and Kubernetes. */
    public String label() {
        return label;
    }

    /**
     * Where a registry has the official images for this architecture alone. See <a
     * href="https://github.com/docker-library/official-images#architectures-other-than-amd64">Architectures other than amd64</a>.
     */
    public String registryPath() {
        return registryPath;
    }
}
