package org.actium.rest;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import javax.ws.rs.BadRequestException;

/** Durations in query parameters, as ISO 8601 writes them. */
final class DurationParameter {

    private DurationParameter() {}

    /** @throws BadRequestException if the text is no duration, or not between zero (excluded) and the longest */
    static Duration parse(String parameter, String text, Duration longest) {
        try {
            Duration duration = Duration.parse(text);
            if (duration.isPositive() && duration.compareTo(longest) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException notADuration) {
            // falls through to the one message for all of it
        }
        throw new BadRequestException(
                parameter + " wants an ISO 8601 duration up to " + longest + ", such as PT10S, not '" + text + "'");
    }
}
