package io.sparkcluster.platform.ssh;

/**
 * A host that is reached by SSH.
 *
 * @param name its name in the configuration of {@code ssh}: lower-case letters, digits and hyphens
 * @param login how it is reached
 * @param behindJumpHost whether it is reached through the jump host only
 */
public record SshHost(String name, SshLogin login, boolean behindJumpHost) {}
