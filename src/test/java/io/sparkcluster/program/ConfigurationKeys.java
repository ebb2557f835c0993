package io.sparkcluster.program;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys that the program reads, for tests outside of its package. */
public final class ConfigurationKeys {

    private ConfigurationKeys() {}

    /** Every key, asked of the reading itself. */
    public static Set<String> all() {
        var values = ConfigValues.of("spark-cluster", Map.of());
        StackConfig.read(values, "dev", Optional.empty(), Optional.empty());
        return values.known();
    }
}
