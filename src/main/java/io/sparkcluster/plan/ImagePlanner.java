package io.sparkcluster.plan;

import io.sparkcluster.model.ClusterSpec;
import io.sparkcluster.model.ImageSource;
import io.sparkcluster.model.ImagesSpec;
import io.sparkcluster.model.PythonSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decides which images are needed and what each is built from. */
final class ImagePlanner {

    private static final String REPOSITORY = "sparkcluster/";

    private ImagePlanner() {}

    static Map<ImageRole, ImageSpec> plan(ClusterSpec spec, SparkRelease release, Foundation foundation) {
        var plan = new EnumMap<ImageRole, ImageSpec>(ImageRole.class);
        for (ImageRole role : needed(spec)) {
            plan.put(
                    role,
                    new ImageSpec(
                            role,
                            source(spec.images(), role),
                            REPOSITORY + role.label(),
                            arguments(spec, release, foundation, role),
                            kinds(spec).stream().anyMatch(kind -> kind.image() == role),
                            role == ImageRole.JUPYTERLAB,
                            role == ImageRole.BASE ? spec.images().extraCaCertificates() : Optional.empty(),
                            role == ImageRole.SPARK_BASE ? spec.python() : PythonSpec.DEFAULT,
                            spec.images().architecture()));
        }
        return plan;
    }

    /** The images that nodes and their pods run, and the images that these are built on. */
    private static Set<ImageRole> needed(ClusterSpec spec) {
        var images = spec.images();
        var needed = EnumSet.noneOf(ImageRole.class);
        for (NodeKind kind : kinds(spec)) {
            Optional<ImageRole> next = Optional.of(kind.image());
            while (next.isPresent()) {
                ImageRole image = next.get();
                needed.add(image);
                next = source(images, image).isBuilt() ? image.parent() : Optional.empty();
            }
        }
        return needed;
    }

    private static List<NodeKind> kinds(ClusterSpec spec) {
        var kinds = new ArrayList<>(ManagerRules.of(spec).kinds());
        kinds.addAll(HistoryPlanner.kinds(spec));
        return kinds;
    }

    private static ImageSource source(ImagesSpec images, ImageRole role) {
        return switch (role) {
            case BASE -> images.base();
            case SPARK_BASE -> images.sparkBase();
            case SPARK_MASTER -> images.sparkMaster();
            case SPARK_WORKER -> images.sparkWorker();
            case SPARK_HISTORY -> images.sparkHistory();
            case JUPYTERLAB -> images.jupyterLab();
        };
    }

    /** Whether the cluster needs an image that is built. */
    static boolean builds(ClusterSpec spec, ImageRole role) {
        return needed(spec).contains(role) && source(spec.images(), role).isBuilt();
    }

    private static SortedMap<String, String> arguments(
            ClusterSpec spec, SparkRelease release, Foundation foundation, ImageRole role) {
        var arguments = new TreeMap<String, String>();
        switch (role) {
            case BASE -> {
                arguments.put("BASE_IMAGE", foundation.image());
                arguments.put("JAVA_VERSION", Integer.toString(foundation.java()));
                arguments.put("PYTHON_VERSION", foundation.python());
                user(arguments);
                spec.images().updated().ifPresent(moment -> arguments.put("UPDATED", moment));
            }
            case SPARK_BASE -> {
                arguments.put("SPARK_VERSION", release.version());
                arguments.put("SPARK_SHA256", release.sha256());
                arguments.put("SCALA_VERSION", release.scala());
                arguments.put(
                        "CLASS_DATA_SHARING", Boolean.toString(spec.images().classDataSharing()));
            }
            case JUPYTERLAB -> user(arguments);
            case SPARK_MASTER, SPARK_WORKER, SPARK_HISTORY -> {
                // Everything these need is in the parent and in their own folder.
            }
        }
        return arguments;
    }

    /** For images that install packages as root and run as the cluster's user. */
    private static void user(Map<String, String> arguments) {
        arguments.put("CLUSTER_UID", Integer.toString(ClusterUser.ID));
        arguments.put("CLUSTER_GID", Integer.toString(ClusterUser.ID));
    }
}
