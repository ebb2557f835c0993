package io.sparkcluster.model;

/**
 * A TCP port that processes without privileges may listen on.
 *
 * @param number 1024 to 65535
 */
public record Port(int number) {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if the number is not 1024 to 65535
     */
    public Port {
        if (number < 1024 || number > 65535) {
            throw new IllegalArgumentException("is not a port from 1024 to 65535");
        }
    }

    /**
     * The port with a number.
     *
     * @throws IllegalArgumentException if the number is not 1024 to 65535
     */
    public static Port of(int number) {
        return new Port(number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
