package org.actium.simulation.scenarios;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.actium.simulation.engine.Event;

/**
 * The events of a run for people: who did what when, each with an arrow from what caused it. Frames and what else
 * belongs to the machinery is left out; the arrows go on through it.
 */
final class Story {

    private static final Set<String> LEFT_OUT =
            Set.of("send", "receive", "sometimes", "queued", "applied", "opened", "end");

    private final List<Event> events;
    private final Map<Long, Event> byNumber = new HashMap<>();

    /** The event that says a message was sent, by the name of the message. */
    private final Map<String, Event> sent = new HashMap<>();

    Story(List<Event> events) {
        this.events = events;
        events.forEach(event -> {
            byNumber.put(event.number(), event);
            if (event.what().equals("sent")) {
                sent.putIfAbsent(firstWord(event), event);
            }
        });
    }

    /** @param shown an event that is told in any case */
    List<String> lines(Optional<Long> shown) {
        List<String> lines = new ArrayList<>();
        for (Event event : events) {
            if (isTold(event) || shown.isPresent() && shown.get() == event.number()) {
                lines.add(line(event));
            }
        }
        return lines;
    }

    private String line(Event event) {
        String arrow = cause(event).map(cause -> "  <- #" + cause.number()).orElse("");
        return String.format(
                Locale.ROOT,
                "#%-5d %12.6f s  %-9s %-8s %s%s",
                event.number(),
                (double) event.nanos() / TimeUnit.SECONDS.toNanos(1),
                event.host(),
                event.what(),
                event.subject(),
                arrow);
    }

    /** The sending of the message it is about, or else the nearest of those it follows from that is told, too. */
    private Optional<Event> cause(Event event) {
        Event origin = sent.get(firstWord(event));
        if (origin != null && origin.number() < event.number()) {
            return Optional.of(origin);
        }
        Event cause = byNumber.get(event.cause());
        while (cause != null && !isTold(cause)) {
            cause = byNumber.get(cause.cause());
        }
        return Optional.ofNullable(cause);
    }

    private static boolean isTold(Event event) {
        return !LEFT_OUT.contains(event.what());
    }

    private static String firstWord(Event event) {
        int space = event.subject().indexOf(' ');
        return space < 0 ? event.subject() : event.subject().substring(0, space);
    }
}
