package org.actium.examples.hello;

import org.actium.object.api.ActiveContext;

/** A plain class. As an active object it serves one call at a time, so it needs no lock. */
public class Counter {

    private int value;

    public Counter(int value) {
        this.value = value;
    }

    public void add(int amount) {
        value += amount;
    }

    public Count count() {
        return new Count(value);
    }

    /** Uses its argument: if that is a future, this object waits for it and its caller does not. */
    public Count plus(Count other) {
        return new Count(value + other.value());
    }

    /** The node it is on. A {@code String} is final, no future can stand in for it, so the caller waits. */
    public String place() {
        return ActiveContext.current().node().name();
    }
}
