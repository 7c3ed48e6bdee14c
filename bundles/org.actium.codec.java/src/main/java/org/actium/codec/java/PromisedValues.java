package org.actium.codec.java;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.actium.codec.api.SharingCheck;

/**
 * Finds what is shared on the word of the application, and writes down what is in it. Stubs and futures, which are of
 * hidden classes, are not looked into.
 */
final class PromisedValues implements SharingCheck {

    private final Sharing sharing;
    private final Consumer<String> reports;

    PromisedValues(Sharing sharing, Consumer<String> reports) {
        this.sharing = sharing;
        this.reports = reports;
    }

    @Override
    public List<Object> promised(Object graph) {
        List<Object> found = new ArrayList<>();
        Deque<Object> ahead = new ArrayDeque<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        visit(graph, ahead, seen);
        while (!ahead.isEmpty()) {
            Object object = ahead.poll();
            if (isPromised(object.getClass())) {
                found.add(object);
            } else {
                Parts.visit(object, (_, part) -> visit(part, ahead, seen));
            }
        }
        return found;
    }

    private static void visit(Object object, Deque<Object> ahead, Set<Object> seen) {
        if (object != null && !object.getClass().isHidden() && !Sharing.isValue(object) && seen.add(object)) {
            ahead.add(object);
        }
    }

    private boolean isPromised(Class<?> type) {
        return sharing.isCalledImmutable(type) || (Sharing.isEnum(type) && !JdkClasses.isJdk(type));
    }

    @Override
    public Contents contents(Object promised) {
        return Snapshot.of(promised);
    }

    @Override
    public void report(String broken) {
        reports.accept(broken);
    }
}
