package io.sparkcluster.plan;

import java.util.regex.Pattern;

/**
 * A secret that nodes read from a file. An open value: whoever plans something that needs a secret makes one, and no platform asks which there are. Who is given it
 * follows from the mounts ({@link Mount.Secret}) of nodes and of the pods that they ask for. Each secret lies in a folder of its own, so that a node is given no more
 * than it needs. The value is no part of a plan.
 *
 * @param name its word in names, for example {@code spark-auth}, which no other secret of the cluster has
 * @param origin where its value comes from
 */
public record SecretSpec(String name, Origin origin) {

    /** It becomes part of the names of volumes and of other things that platforms know. */
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");

    private static final String FILE = "secret";

    /** Proves every Spark connection. */
    public static final SecretSpec SPARK_AUTH = generated("spark-auth");

    /** Opens JupyterLab. */
    public static final SecretSpec JUPYTER_TOKEN = generated("jupyter-token");

    /** Spark properties of applications that are secret, as lines of a {@code spark-defaults.conf}. */
    public static final SecretSpec SPARK_PROPERTIES = given("spark-properties");

    /** Where the value of a secret comes from. */
    public enum Origin {
        /** Made at random once and kept, unless a value is given. */
        GENERATED,
        /** Always given. */
        GIVEN
    }

    /**
     * Refuses a name of which platforms could not make names.
     *
     * @throws IllegalArgumentException when it is no word of lower-case letters, digits and hyphens
     */
    public SecretSpec {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a secret's name becomes part of names on the platform: lower-case letters, digits"
                            + " and hyphens, a letter first, at most 40 characters; \"" + name
                            + "\" is none. Choose a name such as"
                            + " object-store");
        }
    }

    /** A secret that is made at random once and kept, unless a value is given. */
    public static SecretSpec generated(String name) {
        return new SecretSpec(name, Origin.GENERATED);
    }

    /** A secret of which the value is always given. */
    public static SecretSpec given(String name) {
        return new SecretSpec(name, Origin.GIVEN);
    }

    /** The folder that a node finds it in. */
    public String folder() {
        return ImageContract.secrets(name);
    }

    /** What the file is called in it. */
    public String fileName() {
        return FILE;
    }

    /** The file with the secret as its only content. */
    public String file() {
        return folder() + "/" + FILE;
    }
}
