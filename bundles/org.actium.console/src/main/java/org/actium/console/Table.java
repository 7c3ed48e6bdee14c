package org.actium.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows under headings, each column as wide as what is in it. */
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    /**
     * A table of things.
     *
     * @param nothing what to say if there are none
     */
    static <T> String of(Collection<T> things, String nothing, List<String> headings, Function<T, List<String>> row) {
        if (things.isEmpty()) {
            return nothing;
        }
        Table table = new Table(headings.toArray(String[]::new));
        things.forEach(thing -> table.rows.add(row.apply(thing)));
        return table.toString();
    }

    /** No line break at the end, and no blanks at the end of a line. */
    @Override
    public String toString() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
