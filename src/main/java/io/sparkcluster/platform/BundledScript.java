package io.sparkcluster.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads scripts that lie as files beside the classes that use them. */
public final class BundledScript {

    private BundledScript() {}

    /**
     * The text of a script.
     *
     * @param user the class beside which the script lies
     * @param name the script's file name
     * @throws IllegalStateException when the library lacks the file
     * @throws UncheckedIOException when the file cannot be read
     */
    public static String text(Class<?> user, String name) {
        try (InputStream file = user.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the library lacks its own script " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the library's own script " + name, e);
        }
    }
}
