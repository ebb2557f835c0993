package io.sparkcluster.plan;

import io.sparkcluster.model.Port;
import java.util.List;
import java.util.function.Function;

/** A yes-or-no question to a node. */
public sealed interface Probe {

    /** Applies the function for this case. Every case has a parameter, so that a platform which forgets a new case does not compile. */
    <T> T fold(Function<Http, T> http, Function<Tcp, T> tcp, Function<Command, T> command);

    /** The same question as a command inside the node, for platforms that only run commands. */
    default List<String> asCommand() {
        return fold(Http::inside, Tcp::inside, Command::words);
    }

    /**
     * Whether a page answers with success.
     *
     * @param port where the node listens
     * @param path the page, which starts with a slash
     */
    record Http(Port port, String path) implements Probe {

        /** Asks the node's own host name, since daemons listen only there. */
        private static final String SCRIPT =
                "exec 3<>\"/dev/tcp/$HOSTNAME/$1\" && printf 'GET %s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n'"
                        + " \"$2\" \"$HOSTNAME\" >&3 && read -r -t 5 status <&3 && [[ $status == HTTP/*' '[23]* ]]";

        private List<String> inside() {
            return List.of("bash", "-c", SCRIPT, "probe", port.toString(), path);
        }

        @Override
        public <T> T fold(Function<Http, T> http, Function<Tcp, T> tcp, Function<Command, T> command) {
            return http.apply(this);
        }
    }

    /**
     * Whether a port takes connections.
     *
     * @param port where the node listens
     */
    record Tcp(Port port) implements Probe {

        private List<String> inside() {
            return List.of("bash", "-c", "exec 3<>\"/dev/tcp/$HOSTNAME/$1\"", "probe", port.toString());
        }

        @Override
        public <T> T fold(Function<Http, T> http, Function<Tcp, T> tcp, Function<Command, T> command) {
            return tcp.apply(this);
        }
    }

    /**
     * Whether a command exits with 0.
     *
     * @param words the command, which runs inside the node
     */
    record Command(List<String> words) implements Probe {

        /** Keeps its own copy. */
        public Command {
            words = List.copyOf(words);
        }

        @Override
        public <T> T fold(Function<Http, T> http, Function<Tcp, T> tcp, Function<Command, T> command) {
            return command.apply(this);
        }
    }
}
