package io.sparkcluster.plan;

import java.util.regex.Pattern;

/**
 * A secret that nodes read from a file. The set of secrets is open: a planner defines a new secret, and no platform asks which secrets there are. The mounts
 * ({@link Mount.Secret}) of nodes and of the pods that they request decide who gets it. Each secret has its own folder, so that a node gets no more than it
 * needs. A plan does not contain the value.
 *
 * @param name its part of other names, for example {@code spark-auth}; unique in the cluster
 * @param origin where its value comes from
 */
public record SecretSpec(String name, Origin origin) {

    /** It becomes part of the names of volumes and of other things that platforms know. */
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");

    private static final String FILE = "secret";

    /** Authenticates every Spark connection. */
    public static final SecretSpec SPARK_AUTH = generated("spark-auth");

    /** The token that JupyterLab asks for. */
    public static final SecretSpec JUPYTER_TOKEN = generated("jupyter-token");

    /** Secret Spark properties of applications, as lines of {@code spark-defaults.conf}. */
    public static final SecretSpec SPARK_PROPERTIES = given("spark-properties");

    /** Where the value of a secret comes from. */
    public enum Origin {
        /** Generated once at random and kept, unless a value is given. */
        GENERATED,
        /** Always given. */
        GIVEN
    }

    /**
     * Checks the name, from which platforms derive other names.
     *
     * @throws IllegalArgumentException when the name is not 1 to 40 lower-case letters, digits and hyphens, a letter first and no hyphen last
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

    /**
     * A secret that is generated once at random and kept, unless a value is given.
     *
     * @throws IllegalArgumentException when the name is not valid
     */
    public static SecretSpec generated(String name) {
        return new SecretSpec(name, Origin.GENERATED);
    }

    /**
     * A secret whose value is always given.
     *
     * @throws IllegalArgumentException when the name is not valid
     */
    public static SecretSpec given(String name) {
        return new SecretSpec(name, Origin.GIVEN);
    }

    /** The folder in which a node finds the secret. */
    public String folder() {
        return ImageContract.secrets(name);
    }

    /** The file's name in that folder. */
    public String fileName() {
        return FILE;
    }

    /** The file with the secret as its only content. */
    public String file() {
        return folder() + "/" + FILE;
    }
}
