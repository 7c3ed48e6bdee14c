package org.actium.histories;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of a history.
 *
 * @param process who does one operation after the other; a number is not used again after an {@link Type#INFO}
 * @param operation {@code read}, {@code write}, {@code cas}, {@code append}
 * @param key of the object, without quotes, backslashes and control characters
 * @param value what is given, or what came back
 * @param time nanoseconds since the epoch, for people: what counts is the order of the lines
 */
public record Event(int process, Type type, String operation, String key, Value value, long time) {

    private static final Pattern WORD = Pattern.compile("[^\"\\\\\\p{Cntrl}]+");
    private static final Pattern LINE = Pattern.compile("\\{\"process\":(\\d+),\"type\":\"(invoke|ok|fail|info)\","
            + "\"f\":\"([^\"\\\\]+)\",\"key\":\"([^\"\\\\]+)\","
            + "\"value\":(null|-?\\d+|\\[(?:-?\\d+(?:,-?\\d+)*+)?+\\]),\"time\":(\\d+)\\}");

    /** What is known at that moment. */
    public enum Type {
        /** It begins now. */
        INVOKE,
        /** It has taken effect, between its beginning and now. */
        OK,
        /** It has taken no effect, and will not. */
        FAIL,
        /** Nobody knows: it may take effect until the end of time, or never. */
        INFO
    }

    public Event {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(value, "value");
        if (!WORD.matcher(operation).matches() || !WORD.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "operation '" + operation + "' of key '" + key + "' cannot be written without escapes");
        }
    }

    public String line() {
        return "{\"process\":" + process + ",\"type\":\"" + type.name().toLowerCase(Locale.ROOT) + "\",\"f\":\""
                + operation + "\",\"key\":\"" + key + "\",\"value\":" + value + ",\"time\":" + time + "}";
    }

    /** @throws MalformedHistoryException if it is not what {@link #line} writes, up to spaces between its parts */
    public static Event parse(String line) {
        Matcher parts = LINE.matcher(line.replaceAll("\\s*([{}\\[\\]:,])\\s*", "$1"));
        if (!parts.matches()) {
            throw new MalformedHistoryException("not an event of a history, as docs/histories.md has it: " + line);
        }
        return new Event(
                Integer.parseInt(parts.group(1)),
                Type.valueOf(parts.group(2).toUpperCase(Locale.ROOT)),
                parts.group(3),
                parts.group(4),
                value(parts.group(5)),
                Long.parseLong(parts.group(6)));
    }

    private static Value value(String text) {
        if (text.equals("null")) {
            return Value.nothing();
        }
        if (!text.startsWith("[")) {
            return Value.of(Long.parseLong(text));
        }
        String inside = text.substring(1, text.length() - 1);
        return Value.of(
                inside.isEmpty()
                        ? List.of()
                        : Arrays.stream(inside.split(",")).map(Long::valueOf).toList());
    }
}
