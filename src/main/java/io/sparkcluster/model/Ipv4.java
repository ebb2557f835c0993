package io.sparkcluster.model;

import java.util.regex.Pattern;

/** IPv4 addresses as people write them: four numbers from 0 to 255. */
public final class Ipv4 {

    private static final String NUMBER = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern ADDRESS = Pattern.compile(NUMBER + "(\\." + NUMBER + "){3}");

    private Ipv4() {}

    /** Whether a text is an IPv4 address, and not a name or something like {@code 999.1.1.1}. */
    public static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }
}
