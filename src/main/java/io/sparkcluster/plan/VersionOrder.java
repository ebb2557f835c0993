package io.sparkcluster.plan;

import java.lang.module.ModuleDescriptor.Version;

/** The order of versions of other software, by the rules of {@link Version}. */
public final class VersionOrder {

    private VersionOrder() {}

    /** Whether a version is older than the oldest one that works. A text that is not a version counts as new enough. */
    public static boolean isOlder(String version, String least) {
        try {
            return Version.parse(version).compareTo(Version.parse(least)) < 0;
        } catch (IllegalArgumentException noVersion) {
            return false;
        }
    }
}
