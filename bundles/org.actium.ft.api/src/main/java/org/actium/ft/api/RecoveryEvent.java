package org.actium.ft.api;

import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;

/** Something that happened to recoverable objects. {@link Object#toString()} of each is a line for people. */
public sealed interface RecoveryEvent extends Serializable {

    /** An object has received something, and that is safe: from now on it is recovered with what it has done. */
    record ObjectServes(String object, String runtime) implements RecoveryEvent {
        @Override
        public String toString() {
            return runtime + ": object " + object + " serves";
        }
    }

    /**
     * A runtime with such objects was given up.
     *
     * @param silent how long it had not been heard of
     * @param objects how many it had
     */
    record RuntimeLost(String runtime, Duration silent, int objects) implements RecoveryEvent {
        @Override
        public String toString() {
            return runtime + ": given up, not heard of for " + seconds(silent) + "; it had " + counted(objects);
        }
    }

    /** Nobody takes objects that are lost: they wait, and so do their callers. */
    record NoRuntimeLeft(int objects) implements RecoveryEvent {
        @Override
        public String toString() {
            return "no runtime is left for " + counted(objects) + "; callers wait until there is one";
        }
    }

    /**
     * An object is there again.
     *
     * @param incarnation which copy of it, from 2
     * @param lost how long it was away: since the runtime where it was had last been heard of
     */
    record ObjectRestored(String object, String runtime, long incarnation, Duration lost) implements RecoveryEvent {
        @Override
        public String toString() {
            return runtime + ": object " + object + " restored as incarnation " + incarnation + ", time lost "
                    + seconds(lost);
        }
    }

    /** A checkpoint is not what was written: the one before is used, if there is one. */
    record CheckpointDamaged(String object, long number) implements RecoveryEvent {
        @Override
        public String toString() {
            return "checkpoint " + number + " of object " + object
                    + " is damaged, and not used; look after the disk of the store";
        }
    }

    /** Somebody has removed an object from the store, while it lives: it ends, and is not recovered. */
    record ObjectRemoved(String object, String runtime) implements RecoveryEvent {
        @Override
        public String toString() {
            return runtime + ": object " + object
                    + " is not in the store any more, though nobody has ended it; it is gone,"
                    + " and its callers hear so; look for who else writes to the store, or has replaced it";
        }
    }

    /** Nobody of a run was heard of for so long that it is taken for over: what it left in the store is removed. */
    record RunForgotten(String run, int objects) implements RecoveryEvent {
        @Override
        public String toString() {
            return "run " + run + " is over, as nobody of it was heard of for long (actium.ft.forget): "
                    + counted(objects) + " removed";
        }
    }

    /** From now on nothing is safe that objects receive, so that it is not acknowledged, and nothing leaves them. */
    record StoreFails(String why) implements RecoveryEvent {
        @Override
        public String toString() {
            return "the store does not work, so recoverable objects and their callers wait: " + why;
        }
    }

    /** What had to wait goes on. */
    record StoreWorks(Duration failed) implements RecoveryEvent {
        @Override
        public String toString() {
            return "the store works again, after " + seconds(failed);
        }
    }

    private static String counted(int objects) {
        return objects + (objects == 1 ? " object" : " objects");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }
}
