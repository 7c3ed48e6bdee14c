package org.actium.deadlock;

import java.util.List;
import java.util.Objects;

/** What detectors say to each other. They arrive in the order of the replies between the same two runtimes. */
sealed interface Message {

    /** To the runtime that passed on a future under that number: go on from there. */
    record Follow(Probe probe, long future) implements Message {
        public Follow {
            Objects.requireNonNull(probe, "probe");
        }
    }

    /** To the runtime of the active object at the end of the edge: does it wait, so that it cannot do its part? */
    record Ask(Probe probe, Edge edge) implements Message {
        public Ask {
            Objects.requireNonNull(probe, "probe");
            Objects.requireNonNull(edge, "edge");
        }
    }

    /** Back: it is in that wait. If its part is still not done when this arrives, it was not done when this was sent. */
    record Waits(Probe probe, Edge edge, WaitId id) implements Message {
        public Waits {
            Objects.requireNonNull(probe, "probe");
            Objects.requireNonNull(edge, "edge");
            Objects.requireNonNull(id, "id");
        }
    }

    /** There again: the edge holds for as long as that wait, go on through it. */
    record Pass(Probe probe, WaitId id) implements Message {
        public Pass {
            Objects.requireNonNull(probe, "probe");
            Objects.requireNonNull(id, "id");
        }
    }

    /** To the runtime of the first of these waits: they seem to be a circle, make sure of it. */
    record Confirm(List<WaitId> circle) implements Message {
        public Confirm {
            circle = List.copyOf(circle);
        }
    }
}
