package org.actium.ft.api;

import java.time.Duration;
import java.util.Locale;

/** Something that happened to recoverable objects. {@link Object#toString()} of each is a line for people. */
public sealed interface RecoveryEvent {

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

    private static String counted(int objects) {
        return objects + (objects == 1 ? " object" : " objects");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }
}
