package io.sparkcluster.plan;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A table among the resources of this package: one row a line, columns apart by blanks, remarks after {@code #} at the beginning of a line. */
final class PlanTable {

    private PlanTable() {}

    /** The columns of each row. */
    static List<List<String>> rows(String table) {
        try (var text = new BufferedReader(new InputStreamReader(
                requireNonNull(PlanTable.class.getResourceAsStream(table), table), StandardCharsets.UTF_8))) {
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split("\\s+", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(table, e);
        }
    }

    /** The entries of a column that holds several, with commas in between. */
    static List<String> texts(String column) {
        return List.of(column.split(",", -1));
    }

    /** The same for numbers. */
    static List<Integer> numbers(String column) {
        return Stream.of(column.split(",", -1)).map(Integer::valueOf).toList();
    }
}
