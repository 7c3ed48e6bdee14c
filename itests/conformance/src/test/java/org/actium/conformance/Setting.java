package org.actium.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where the active objects of a test live, seen from the test. */
enum Setting {
    /** In the test's own runtime. */
    ONE_RUNTIME("same"),
    /** Two of three nodes are in another runtime of this JVM, over real connections. */
    TWO_RUNTIMES("two"),
    /** Two of three nodes are in another JVM. */
    TWO_JVMS("jvms"),
    /** Each node on a simulated host of its own, under as many schedules as {@code conformance.seeds} says. */
    SIMULATOR("sim");

    /** How many schedules of each test count as simulated. */
    static final int SEEDS = 200;

    private final String shortName;

    Setting(String shortName) {
        this.shortName = shortName;
    }

    /** Those in which the class says that its tests run. */
    static Object[] of(Class<?> tests) {
        return Arrays.stream(values())
                .filter(setting ->
                        !List.of(tests.getAnnotation(NotIn.class).value()).contains(setting))
                .toArray();
    }

    /** As the checklist prints it. */
    String shortName() {
        return shortName;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
