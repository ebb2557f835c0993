package io.sparkcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The text of a class, taken apart.
 *
 * @param name the file below the folder of sources
 * @param code without comments, and with empty literals
 * @param literals what its string literals hold, as they are written
 */
record JavaSource(String name, String code, List<String> literals) {

    private static final Path SOURCES = Path.of("src", "main", "java", "io", "sparkcluster");

    /** A comment, a text block, a string or a character, whichever comes first. */
    private static final Pattern TOKEN = Pattern.compile(
            "//[^\\n]*|/\\*(?s:.*?)\\*/|\"\"\"(?s:(?<block>.*?))(?<!\\\\)\"\"\"|\"(?<text>(?:[^\"\\\\\\n]|\\\\.)*)\"|'(?:[^'\\\\\\n]|\\\\.)+'");

    static JavaSource of(String name, String text) {
        List<String> literals = TOKEN.matcher(text)
                .results()
                .flatMap(token -> Stream.of(Optional.ofNullable(token.group(1)), Optional.ofNullable(token.group(2))))
                .flatMap(Optional::stream)
                .toList();
        String code = TOKEN.matcher(text)
                .replaceAll(token -> Matcher.quoteReplacement(
                        token.group().startsWith("/") ? " " : token.group().startsWith("'") ? "' '" : "\"\""));
        return new JavaSource(name, code, literals);
    }

    /** Every class of the library and of its program. */
    static List<JavaSource> all() {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(file -> of(SOURCES.relativize(file).toString().replace('\\', '/'), read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
