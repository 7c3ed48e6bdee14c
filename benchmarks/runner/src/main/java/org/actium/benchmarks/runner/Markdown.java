package org.actium.benchmarks.runner;

import java.util.Locale;

/** A page that grows line by line. One thread. */
public final class Markdown {

    private final StringBuilder text = new StringBuilder();

    public void section(String title) {
        add("");
        add("## %s", title);
    }

    /** Adds a line. @param format as of {@link String#format}, also without values */
    public void add(String format, Object... values) {
        append(String.format(Locale.ROOT, format, values) + '\n');
    }

    /** Adds whole lines as they are. */
    public void append(String lines) {
        text.append(lines);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
