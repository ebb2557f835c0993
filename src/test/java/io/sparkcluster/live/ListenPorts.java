package io.sparkcluster.live;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a container's processes listen on, read from the kernel's own lists. */
final class ListenPorts {

    /** Where to read them, in a container. */
    static final String[] COMMAND = {"cat", "/proc/net/tcp", "/proc/net/tcp6"};

    /** A socket's own address and port, and that it listens. */
    private static final Pattern LISTENS = Pattern.compile("(?m)^ *\\d+: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:0000 0A ");

    private ListenPorts() {}

    /** Ports that are open to others, from what {@link #COMMAND} printed. */
    static List<Integer> open(String kernelSays) {
        var ports = new TreeSet<Integer>();
        var found = LISTENS.matcher(kernelSays);
        while (found.find()) {
            if (!isLoopback(found.group(1))) {
                ports.add(Integer.parseInt(found.group(2), 16));
            }
        }
        return List.copyOf(ports);
    }

    /** Bytes are in the order of the machine within each group of four: 127.0.0.1 is 0100007F, and ::1 ends with 01000000. */
    private static boolean isLoopback(String address) {
        boolean mapped = address.startsWith("0000000000000000FFFF0000");
        return (address.length() == 8 || mapped)
                ? address.endsWith("7F")
                : address.equals("00000000000000000000000001000000");
    }
}
