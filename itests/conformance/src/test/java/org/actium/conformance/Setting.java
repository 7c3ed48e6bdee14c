package org.actium.conformance;

import java.util.Locale;

/** Where the active objects of a test live, seen from the test. */
enum Setting {
    /** In the test's own runtime. */
    ONE_RUNTIME,
    /** Two of three nodes are in another runtime of this JVM, over real connections. */
    TWO_RUNTIMES,
    /** Two of three nodes are in another JVM. */
    TWO_JVMS,
    /** Each node on a simulated host of its own, under as many schedules as {@code conformance.seeds} says. */
    SIMULATOR;

    /** Those in which the other side can be lost. */
    static Setting[] thatCanLoseTheOtherSide() {
        return new Setting[] {TWO_RUNTIMES, TWO_JVMS};
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
