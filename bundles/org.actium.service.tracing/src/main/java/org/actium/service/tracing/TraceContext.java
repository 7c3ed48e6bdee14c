package org.actium.service.tracing;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in which trace something happens, as the header {@code traceparent} of W3C Trace Context says it (level 1, section
 * 3.2).
 *
 * @param trace 32 hexadecimal digits
 * @param span 16 hexadecimal digits
 * @param sampled whether somebody wants to see it
 */
record TraceContext(String trace, String span, boolean sampled) {

    private static final Pattern TEXT =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final HexFormat HEX = HexFormat.of();

    /** Empty if the text is none, as the specification has it: then a new trace begins. */
    static Optional<TraceContext> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()
                || matcher.group(1).equals("ff")
                || matcher.group(1).equals("00") && matcher.group(5) != null
                || isZero(matcher.group(2))
                || isZero(matcher.group(3))) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(matcher.group(4), 16) & 1) == 1;
        return Optional.of(new TraceContext(matcher.group(2), matcher.group(3), sampled));
    }

    private static boolean isZero(String digits) {
        return digits.chars().allMatch(digit -> digit == '0');
    }

    /** A new trace. */
    static TraceContext root(RandomGenerator random, boolean sampled) {
        return new TraceContext(HEX.toHexDigits(random.nextLong()) + nonZero(random), nonZero(random), sampled);
    }

    /** A new span of this trace. */
    TraceContext child(RandomGenerator random) {
        return new TraceContext(trace, nonZero(random), sampled);
    }

    private static String nonZero(RandomGenerator random) {
        long bits = random.nextLong();
        while (bits == 0) {
            bits = random.nextLong();
        }
        return HEX.toHexDigits(bits);
    }

    @Override
    public String toString() {
        return "00-" + trace + "-" + span + (sampled ? "-01" : "-00");
    }
}
