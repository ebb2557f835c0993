/**
 * Hosts that are reached by SSH: logins, host keys, the configuration of {@code ssh}, and scripts that run there. Every platform may use this package. Programs
 * need only {@link io.sparkcluster.platform.ssh.SshLogin} from it.
 */
@NullMarked
package io.sparkcluster.platform.ssh;

import org.jspecify.annotations.NullMarked;
