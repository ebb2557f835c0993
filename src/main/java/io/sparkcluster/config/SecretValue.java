package io.sparkcluster.config;

/**
 * Stands in a tree for a secret value. It does not hold the value, so that no message can show it. No key takes a secret, because values are written
 * unencrypted into the descriptions of containers and into the stack's state.
 */
public enum SecretValue {
    /** A secret, or an object that holds a secret at an unknown key. */
    HIDDEN
}
