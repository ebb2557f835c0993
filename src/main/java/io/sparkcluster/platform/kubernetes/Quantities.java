package io.sparkcluster.platform.kubernetes;

import java.util.Map;

/**
 * Reads numbers in Kubernetes' notation: {@code 500m}, {@code 24655204Ki}, {@code 10Gi}. See <a
 * href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/">Quantity</a>.
 */
final class Quantities {

    private static final Map<String, Double> UNITS = Map.ofEntries(
            Map.entry("n", 1e-9),
            Map.entry("u", 1e-6),
            Map.entry("m", 1e-3),
            Map.entry("", 1.0),
            Map.entry("k", 1e3),
            Map.entry("M", 1e6),
            Map.entry("G", 1e9),
            Map.entry("T", 1e12),
            Map.entry("P", 1e15),
            Map.entry("E", 1e18),
            Map.entry("Ki", 0x1p10),
            Map.entry("Mi", 0x1p20),
            Map.entry("Gi", 0x1p30),
            Map.entry("Ti", 0x1p40),
            Map.entry("Pi", 0x1p50),
            Map.entry("Ei", 0x1p60));

    private Quantities() {}

    /**
     * The number, in CPUs, bytes or objects, depending on what it counts.
     *
     * @throws IllegalArgumentException when the text is not a number with a known unit
     */
    static double number(String quantity) {
        String text = quantity.strip();
        int digits = text.length();
        while (digits > 0 && Character.isLetter(text.charAt(digits - 1))) {
            digits--;
        }
        Double unit = UNITS.get(text.substring(digits));
        if (unit == null) {
            throw new IllegalArgumentException(text + " has a unit that is not one of " + UNITS.keySet());
        }
        return Double.parseDouble(text.substring(0, digits)) * unit;
    }

    /**
     * The number of bytes in MiB, rounded down.
     *
     * @throws IllegalArgumentException when the text is not a number with a known unit
     */
    static long mebibytes(String quantity) {
        return (long) (number(quantity) / 0x1p20);
    }
}
