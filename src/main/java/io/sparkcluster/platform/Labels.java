package io.sparkcluster.platform;

import com.pulumi.deployment.Deployment;
import java.util.Map;

/** The labels by which a cluster's things are found again, also without Pulumi's state. */
public final class Labels {

    /** The cluster's name. */
    public static final String CLUSTER = "io.sparkcluster.cluster";

    /** What a thing does in it, for example {@code worker}. */
    public static final String ROLE = "io.sparkcluster.role";

    /** The Pulumi project and stack that made it, as {@code project/stack}. */
    public static final String STACK = "io.sparkcluster.stack";

    /** The kind of image, on images; they are shared by clusters and therefore carry no other label. */
    public static final String IMAGE = "io.sparkcluster.image";

    /** The Spark release inside an image, on every image that has one. */
    public static final String SPARK = "io.sparkcluster.spark";

    /** The Scala version that an image's Spark is built for. */
    public static final String SCALA = "io.sparkcluster.scala";

    /** The generation of the secrets that a node was started with. */
    public static final String SECRETS_GENERATION = "io.sparkcluster.secrets-generation";

    private Labels() {}

    /** The labels of a cluster made by the running program. */
    public static Map<String, String> of(String cluster) {
        var deployment = Deployment.getInstance();
        return Map.of(CLUSTER, cluster, STACK, deployment.getProjectName() + "/" + deployment.getStackName());
    }
}
