package io.sparkcluster;

import com.pulumi.resources.Resource;
import java.util.List;

/** Type tokens of the components, as they stand in every state: a change of one needs an alias. */
final class ComponentTypes {

    private static final String PREFIX = "sparkcluster:index:";

    private ComponentTypes() {}

    static String of(Class<? extends Resource> component) {
        return PREFIX + component.getSimpleName();
    }

    /** The resources as the type that options take. */
    static List<Resource> resources(List<? extends Resource> some) {
        return List.copyOf(some);
    }
}
