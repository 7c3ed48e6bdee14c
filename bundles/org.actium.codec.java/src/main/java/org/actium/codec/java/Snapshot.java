package org.actium.codec.java;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.actium.codec.api.SharingCheck;

/**
 * What an object and all it refers to contained: one line for each field and element, those close to the object first.
 * The lines name classes and sizes and hold values of the JDK that cannot change, but no object of the graph, so that it
 * keeps nothing alive.
 */
final class Snapshot implements SharingCheck.Contents {

    private static final int MAX_LINES = 1_000_000;
    private static final int LONGEST_VALUE = 60;

    private final List<Line> lines = new ArrayList<>();

    /**
     * @param owner index of the line of the object that has this field or element; -1 for the root
     * @param value a value of the JDK, a copy of an array of primitives, or a {@link Shape}
     */
    private record Line(int owner, String label, Object value) {}

    /**
     * In place of an object whose parts follow, or that was met before; an enum constant counts as a type.
     *
     * @param size of a collection or array; -1 for all else
     * @param met index of the line where it was met first; -1 if here
     */
    private record Shape(String type, int size, int met) {

        @Override
        public String toString() {
            return size < 0 ? type : type + " of " + size;
        }
    }

    /** An object whose parts are still to be written down. */
    private record Open(Object object, int line) {}

    private Snapshot() {}

    static Snapshot of(Object root) {
        Snapshot snapshot = new Snapshot();
        Map<Object, Integer> met = new IdentityHashMap<>();
        Deque<Open> ahead = new ArrayDeque<>();
        snapshot.add(-1, "", root, met, ahead);
        while (!ahead.isEmpty() && snapshot.lines.size() < MAX_LINES) {
            Open open = ahead.poll();
            Parts.visit(open.object(), new Parts.Visitor() {
                @Override
                public void reference(String label, Object part) {
                    snapshot.add(open.line(), label, part, met, ahead);
                }

                @Override
                public void primitive(String label, Object boxed) {
                    snapshot.lines.add(new Line(open.line(), label, boxed));
                }
            });
        }
        return snapshot;
    }

    private void add(int owner, String label, Object object, Map<Object, Integer> met, Deque<Open> ahead) {
        if (object == null || Sharing.isValue(object)) {
            lines.add(new Line(owner, label, object));
            return;
        }
        Integer before = met.putIfAbsent(object, lines.size());
        String type = object.getClass().getName() + (object instanceof Enum<?> constant ? "." + constant.name() : "");
        if (before != null) {
            lines.add(new Line(owner, label, new Shape(type, Parts.size(object), before)));
            return;
        }
        PrimitiveArrays<?> primitives = PrimitiveArrays.of(object);
        if (primitives != null) {
            lines.add(new Line(owner, label, primitives.copyOf(object)));
        } else if (isOpaque(object)) {
            lines.add(new Line(owner, label, serialized(object)));
        } else {
            if (!object.getClass().isHidden()) {
                ahead.add(new Open(object, lines.size()));
            }
            lines.add(new Line(owner, label, new Shape(type, Parts.size(object), -1)));
        }
    }

    /** Of the JDK, and not something whose parts {@link Parts} knows. */
    private static boolean isOpaque(Object object) {
        return JdkClasses.isJdk(object.getClass())
                && Parts.size(object) < 0
                && !(object instanceof Optional || object instanceof AtomicReference || object instanceof Throwable);
    }

    /** Stands for an object of the JDK, such as a date. */
    private record Serialized(String type, ByteBuffer bytes) {

        @Override
        public String toString() {
            return "another value of " + type;
        }
    }

    private static Object serialized(Object object) {
        Bytes bytes = new Bytes();
        if (object instanceof Serializable) {
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(object);
            } catch (IOException | RuntimeException unknown) {
                bytes.reset(); // it may change unseen
            }
        }
        return new Serialized(object.getClass().getName(), ByteBuffer.wrap(bytes.toByteArray()));
    }

    @Override
    public Optional<String> differenceTo(SharingCheck.Contents later) {
        List<Line> now = ((Snapshot) later).lines;
        for (int i = 0; i < lines.size() && i < now.size(); i++) {
            if (!isSame(lines.get(i), now.get(i))) {
                return Optional.of(path(i) + " was " + show(lines.get(i).value()) + ", is "
                        + show(now.get(i).value()));
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(Line line, Line other) {
        return Objects.equals(line.label(), other.label()) && Objects.deepEquals(line.value(), other.value());
    }

    private String path(int index) {
        StringBuilder path = new StringBuilder();
        for (int at = index; at >= 0; at = lines.get(at).owner()) {
            path.insert(0, lines.get(at).label());
        }
        return path.isEmpty() ? "it" : path.toString();
    }

    private static String show(Object value) {
        String text = switch (value) {
            case String string -> "\"" + string + "\"";
            case Object array
            when array.getClass().isArray() -> {
                String list = Arrays.deepToString(new Object[] {array});
                yield list.substring(1, list.length() - 1);
            }
            case null, default -> String.valueOf(value);
        };
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }
}
