package io.sparkcluster.platform.swarm;

import java.util.Optional;
import java.util.function.Function;

/** How the machines share the workspace. A local Docker volume would be a different volume on each machine. */
public sealed interface SwarmWorkspace {

    /**
     * A share of an NFS server, which the engine of each machine mounts with {@code nfsvers=4,rw,soft,timeo=100}. The machines need an NFS client in
     * their kernel. See <a href="https://man7.org/linux/man-pages/man5/nfs.5.html">nfs(5)</a>.
     *
     * @param server name or address of the server
     * @param path the exported folder; the cluster's user (185) must be able to write there
     */
    static SwarmWorkspace nfs(String server, String path) {
        return new Nfs(server, path, "nfsvers=4,rw,soft,timeo=100");
    }

    /**
     * A folder that has the same content on every machine, for example because the administrator mounted a share there.
     *
     * @param path the folder, on every machine; the cluster's user (185) must be able to write there
     */
    static SwarmWorkspace hostPath(String path) {
        return new HostPath(path);
    }

    /** A volume on the edge node's machine. Only notebooks and drivers see it; executors on other machines do not. The default. */
    static SwarmWorkspace edgeOnly() {
        return new EdgeOnly();
    }

    /** Applies the function for the actual case. Each case has a function, so that code which forgets a new case does not compile. */
    <T> T fold(Function<Nfs, T> nfs, Function<HostPath, T> hostPath, Function<EdgeOnly, T> edgeOnly);

    /** Whether all machines see the same files. */
    default boolean isShared() {
        return fold(nfs -> true, hostPath -> true, edgeOnly -> false);
    }

    /** The folder that the administrator must make on every machine; empty unless the workspace is such a folder. */
    default Optional<String> hostFolder() {
        return fold(nfs -> Optional.empty(), hostPath -> Optional.of(hostPath.path()), edgeOnly -> Optional.empty());
    }

    /**
     * See {@link #nfs}.
     *
     * @param server the server
     * @param path the exported folder
     * @param options mount options, separated by commas
     */
    record Nfs(String server, String path, String options) implements SwarmWorkspace {
        @Override
        public <T> T fold(Function<Nfs, T> nfs, Function<HostPath, T> hostPath, Function<EdgeOnly, T> edgeOnly) {
            return nfs.apply(this);
        }
    }

    /** See {@link #hostPath}. */
    record HostPath(String path) implements SwarmWorkspace {
        @Override
        public <T> T fold(Function<Nfs, T> nfs, Function<HostPath, T> hostPath, Function<EdgeOnly, T> edgeOnly) {
            return hostPath.apply(this);
        }
    }

    /** See {@link #edgeOnly}. */
    record EdgeOnly() implements SwarmWorkspace {
        @Override
        public <T> T fold(Function<Nfs, T> nfs, Function<HostPath, T> hostPath, Function<EdgeOnly, T> edgeOnly) {
            return edgeOnly.apply(this);
        }
    }
}
