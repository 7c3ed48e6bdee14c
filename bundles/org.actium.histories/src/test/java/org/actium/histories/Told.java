package org.actium.histories;

import java.util.ArrayList;
import java.util.List;

/** A history that a test tells, event by event. */
final class Told {

    private final List<Event> events = new ArrayList<>();

    private Told add(int process, Event.Type type, String operation, Value value) {
        events.add(new Event(process, type, operation, "x", value, events.size()));
        return this;
    }

    Told begins(int process, String operation, Value value) {
        return add(process, Event.Type.INVOKE, operation, value);
    }

    Told begins(int process, String operation) {
        return begins(process, operation, Value.nothing());
    }

    Told ok(int process, String operation, Value value) {
        return add(process, Event.Type.OK, operation, value);
    }

    Told fails(int process, String operation) {
        return add(process, Event.Type.FAIL, operation, Value.nothing());
    }

    Told info(int process, String operation) {
        return add(process, Event.Type.INFO, operation, Value.nothing());
    }

    /** From its beginning to its end, with nothing between. */
    Told does(int process, String operation, Value value) {
        return begins(process, operation, value).ok(process, operation, value);
    }

    Told reads(int process, Value value) {
        return begins(process, "read").ok(process, "read", value);
    }

    History history() {
        return new History(events);
    }
}
