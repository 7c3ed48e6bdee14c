package org.actium.simulation.grid;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.actium.simulation.engine.Event;
import org.actium.simulation.engine.EventLog;

/** The events of a run as the author of an application reads them: calls and faults, without what the network did. */
final class Story {

    private static final Set<String> MACHINERY = Set.of("dial", "accept", "send", "receive", "end");
    private static final int MOST = 200;

    private Story() {}

    static String of(List<Event> events) {
        Map<Long, Event> byNumber = new HashMap<>();
        events.forEach(event -> byNumber.put(event.number(), event));
        List<Event> told = events.stream().filter(Story::isTold).toList();
        int left = Math.max(0, told.size() - MOST);
        return (left == 0 ? "" : "  (" + left + " earlier ones)\n")
                + told.stream()
                        .skip(left)
                        .map(event -> line(event, cause(event, byNumber)))
                        .collect(Collectors.joining());
    }

    static String all(List<Event> events) {
        return events.stream().map(event -> "  " + event.line() + "\n").collect(Collectors.joining());
    }

    private static boolean isTold(Event event) {
        return !MACHINERY.contains(event.what());
    }

    /** The number of the last event before this one that is told and that it follows from. */
    private static long cause(Event event, Map<Long, Event> byNumber) {
        Event before = byNumber.get(event.cause());
        while (before != null && !isTold(before)) {
            before = byNumber.get(before.cause());
        }
        return before == null ? EventLog.NONE : before.number();
    }

    private static String line(Event event, long cause) {
        return String.format(
                Locale.ROOT,
                "  #%-5d %.6f s  %-5s %-9s %s%s%n",
                event.number(),
                event.nanos() / 1e9,
                event.host(),
                event.what(),
                event.subject(),
                cause == EventLog.NONE ? "" : "  <- #" + cause);
    }
}
