package org.actium.object.core;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Several who hold something back; what was to be done is done by the last one who lets go. Any thread. */
final class Holds {

    private final AtomicInteger holders = new AtomicInteger(1); // one is who says what is to be done
    private volatile Runnable action;

    /** @return lets go, once */
    Runnable add() {
        holders.incrementAndGet();
        AtomicBoolean released = new AtomicBoolean();
        return () -> {
            if (released.compareAndSet(false, true)) {
                letGo();
            }
        };
    }

    /** To be called once: the action runs now, if nobody holds it back, else later. */
    void whenReleased(Runnable then) {
        action = then;
        letGo();
    }

    private void letGo() {
        if (holders.decrementAndGet() == 0) {
            action.run();
        }
    }
}
