package io.sparkcluster.config;

/**
 * Stands in a tree for a value that is a secret. It does not hold the value, so that no message can show it. No key takes a secret: what is read ends in clear in the descriptions of
 * containers and in the stack's state.
 */
public enum SecretValue {
    /** A secret, or an object that holds one where nobody says at which of its keys. */
    HIDDEN
}
