package io.sparkcluster.plan;

import java.lang.module.ModuleDescriptor.Version;

/** Versions of what others make, compared as the JDK compares them. */
public final class VersionOrder {

    private VersionOrder() {}

    /** Whether a version is older than the least one that works. A text that is no version is taken for new enough. */
    public static boolean isOlder(String version, String least) {
        try {
            return Version.parse(version).compareTo(Version.parse(least)) < 0;
        } catch (IllegalArgumentException noVersion) {
            return false;
        }
    }
}
