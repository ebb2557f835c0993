package io.sparkcluster;

import com.pulumi.resources.Resource;
import java.util.List;

/** Type tokens of the components. Existing states contain them, so a changed token needs an alias. */
final class ComponentTypes {

    private static final String PREFIX = "sparkcluster:index:";

    private ComponentTypes() {}

    static String of(Class<? extends Resource> component) {
        return PREFIX + component.getSimpleName();
    }

    /** The resources in a list of the type that resource options take. */
    static List<Resource> resources(List<? extends Resource> some) {
        return List.copyOf(some);
    }
}
