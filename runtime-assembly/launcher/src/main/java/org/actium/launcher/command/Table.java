package org.actium.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** JSON objects as lines for people. */
final class Table {

    private Table() {}

    /** @param fields of the objects, in the order of the columns */
    static String of(JsonNode objects, List<String> fields) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(fields.stream().map(Table::title).toList());
        for (JsonNode object : objects) {
            rows.add(fields.stream().map(field -> text(object.path(field))).toList());
        }
        int[] widths = IntStream.range(0, fields.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                        .mapToObj(column -> row.get(column)
                                + " ".repeat(widths[column] - row.get(column).length()))
                        .collect(Collectors.joining("  "))
                        .stripTrailing()
                + "\n";
    }

    /** {@code virtualNode} becomes {@code VIRTUAL NODE}. */
    private static String title(String field) {
        return field.replaceAll("(?=\\p{Upper})", " ").toUpperCase(Locale.ROOT);
    }

    private static String text(JsonNode value) {
        return value.isArray() ? Integer.toString(value.size()) : value.isNull() ? "-" : value.asText();
    }
}
