package org.actium.simulation.grid;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says where threads wait, in the code of the application: whatever else waits does so because it has nothing to do. */
final class Waits {

    private static final List<String> MACHINERY = List.of(
            "java.",
            "jdk.",
            "sun.",
            "org.junit.",
            "org.actium.object.",
            "org.actium.future.",
            "org.actium.remote.",
            "org.actium.runtime.",
            "org.actium.codec.",
            "org.actium.testkit.",
            "org.actium.simulation.");

    private Waits() {}

    static String text(Map<String, List<StackTraceElement>> stacks) {
        return stacks.entrySet().stream()
                .flatMap(entry -> place(entry.getValue()).map(place -> entry.getKey() + " at " + place).stream())
                .collect(Collectors.joining("\n"));
    }

    private static Optional<StackTraceElement> place(List<StackTraceElement> stack) {
        return stack.stream()
                .filter(frame -> MACHINERY.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst();
    }
}
