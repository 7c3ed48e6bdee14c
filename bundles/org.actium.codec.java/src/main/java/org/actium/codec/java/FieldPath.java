package org.actium.codec.java;

import java.lang.invoke.SerializedLambda;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * Finds how an object hangs in a graph, for messages: {@code value.order.lines[3].customer (com.example.Customer)}.
 * Follows what serialization follows by default; an object that a {@code writeObject} of its own writes may be missed.
 */
final class FieldPath {

    private static final int MAX_OBJECTS = 1_000_000;

    private final String culprit;
    private final Deque<Step> ahead = new ArrayDeque<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private FieldPath(String culprit) {
        this.culprit = culprit;
    }

    /** An object on the way, and what leads to it from the one before. */
    private record Step(Object object, Step before, String label) {

        String path() {
            Deque<String> labels = new ArrayDeque<>();
            for (Step step = this; step != null; step = step.before) {
                labels.push(step.label);
            }
            return String.join("", labels);
        }
    }

    /**
     * The shortest path to an object of the class, with the class in brackets; only the class if there is none.
     *
     * @param root what the path starts with
     */
    static String to(String className, Object graph, String root) {
        FieldPath search = new FieldPath(className);
        return search.from(graph, root)
                .map(path -> path + " (" + className + ")")
                .orElse(className);
    }

    private Optional<String> from(Object graph, String root) {
        visit(graph, null, root);
        while (!ahead.isEmpty() && seen.size() < MAX_OBJECTS) {
            Step step = ahead.poll();
            if (isCulprit(step.object)) {
                return Optional.of(step.path());
            }
            follow(step);
        }
        return Optional.empty();
    }

    private boolean isCulprit(Object object) {
        Class<?> type = object.getClass();
        return type.getName().equals(culprit) || (type.isHidden() && culprit.equals(SerializedLambda.class.getName()));
    }

    private void visit(Object object, Step before, String label) {
        if (object != null && seen.add(object)) {
            ahead.add(new Step(object, before, label));
        }
    }

    private void follow(Step step) {
        Parts.visit(step.object, (label, part) -> visit(part, step, label));
    }
}
