package io.sparkcluster.platform.swarm;

import java.util.Optional;
import java.util.function.Function;

/** How the workspace is the same on all machines. A volume of Docker's own would be another one on each of them. */
public sealed interface SwarmWorkspace {

    /**
     * A share of an NFS server, which the engine of each machine mounts. The machines need an NFS client in their kernel.
     *
     * @param server name or address of the server
     * @param path the exported folder; the cluster's user (185) must be able to write there
     */
    static SwarmWorkspace nfs(String server, String path) {
        return new Nfs(server, path, "nfsvers=4,rw,soft,timeo=100");
    }

    /**
     * A folder that the administrator has made the same everywhere, for example by mounting a share.
     *
     * @param path the folder, on every machine; the cluster's user (185) must be able to write there
     */
    static SwarmWorkspace hostPath(String path) {
        return new HostPath(path);
    }

    /** A volume on the edge node's machine. Where there are others, executors do not see it: notebooks and drivers only do. The default. */
    static SwarmWorkspace edgeOnly() {
        return new EdgeOnly();
    }

    /** Applies the function for the case that it is. Each case has one, so that code which forgets a new case does not compile. */
    <T> T fold(Function<Nfs, T> nfs, Function<HostPath, T> hostPath, Function<EdgeOnly, T> edgeOnly);

    /** Whether all machines see the same files. */
    default boolean isShared() {
        return fold(nfs -> true, hostPath -> true, edgeOnly -> false);
    }

    /** The folder that every machine must have, if the administrator makes it. */
    default Optional<String> hostFolder() {
        return fold(nfs -> Optional.empty(), hostPath -> Optional.of(hostPath.path()), edgeOnly -> Optional.empty());
    }

    /**
     * See {@link #nfs}.
     *
     * @param server the server
     * @param path the exported folder
     * @param options options of the mount
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
