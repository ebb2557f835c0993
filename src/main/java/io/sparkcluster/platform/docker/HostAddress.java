package io.sparkcluster.platform.docker;

import io.sparkcluster.model.Problem;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks the address of this machine on which ports are published. */
final class HostAddress {

    /** The system chooses a free port, so that only the address can fail. */
    private static final int ANY_PORT = 0;

    private HostAddress() {}

    /** The problem if nothing can be published on that address. */
    static Optional<Problem> problem(String address) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), ANY_PORT));
            return Optional.empty();
        } catch (IOException absent) {
            return Optional.of(new Problem(
                    "security.publishAddress",
                    address,
                    "this machine does not have this address; it has " + own(),
                    "Choose one of them, 127.0.0.1 for this machine only, or 0.0.0.0 for every network it is in"));
        }
    }

    private static String own() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress)
                    .sorted()
                    .collect(Collectors.joining(", "));
        } catch (SocketException unknown) {
            return "others";
        }
    }
}
