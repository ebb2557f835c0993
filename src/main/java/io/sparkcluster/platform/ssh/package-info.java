/**
 * Hosts that are reached by SSH: logins, host keys, the configuration of {@code ssh}, and scripts that run there. Every platform may use it. Programs need no more of it than
 * {@link io.sparkcluster.platform.ssh.SshLogin}.
 */
@NullMarked
package io.sparkcluster.platform.ssh;

import org.jspecify.annotations.NullMarked;
