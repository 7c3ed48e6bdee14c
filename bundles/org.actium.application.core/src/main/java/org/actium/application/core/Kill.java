package org.actium.application.core;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many JVMs are to be killed, and how long after main began. */
record Kill(int runtimes, Duration after) {

    private static final Duration BY_DEFAULT = Duration.ofSeconds(3);
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,3})(?:@([0-9]{1,6}(?:\\.[0-9]{1,3})?)s)?");

    /** @throws UsageException if it is not {@code 1} or {@code 1@10s} */
    static Kill parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new UsageException(
                    "option --kill wants a number of JVMs, and may be followed by when: 1 or 1@10s, not '" + text
                            + "'");
        }
        Duration after = parts.group(2) == null
                ? BY_DEFAULT
                : Duration.ofMillis(Math.round(Double.parseDouble(parts.group(2)) * 1000));
        return new Kill(Integer.parseInt(parts.group(1)), after);
    }
}
