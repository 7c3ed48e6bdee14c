package org.actium.codec.java;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.actium.codec.api.Substitution;

/**
 * Copies one graph object by object, without bytes in between. What it does not know how to copy as Java serialization
 * would (a class with a {@code writeObject} of its own, a cycle through a record, something that may not travel at all)
 * makes it give up; the stream then does it, or says what is wrong. Used once.
 */
final class GraphCopier {

    /** In place of the copy of a record or unmodifiable collection that is waiting for its parts. */
    private static final Object UNDERWAY = new Object();

    /** What an object takes in a stream at the most, roughly: a class description, a handle. */
    private static final int BYTES_PER_OBJECT = 64;

    /** Objects that most graphs of more than one have. */
    private static final int FEW = 4;

    private final CopyPlans plans;
    private final Sharing sharing;
    private final Substitution substitution;
    private final ReadLimits limits;
    private Map<Object, Object> substitutes; // null until there is one
    private Object root; // most graphs are one object: it needs no table
    private Object copyOfRoot;
    private Map<Object, Object> copies; // of all others; null until there is one
    private long depth;
    private long references;
    private long elements;

    /** There is something in the graph that only the stream copies. */
    static final class GivesUpException extends RuntimeException {
        private static final long serialVersionUID = 1;

        GivesUpException(String why) {
            super(why, null, false, false);
        }
    }

    /**
     * @param asked what the substitution said already, by object: it is not asked again, in case it took note;
     *     {@code null} for nothing
     */
    GraphCopier(
            CopyPlans plans, Sharing sharing, Substitution substitution, ReadLimits limits, Map<Object, Object> asked) {
        this.plans = plans;
        this.sharing = sharing;
        this.substitution = substitution;
        this.limits = limits;
        this.substitutes = asked;
    }

    /** The copy; empty if it gives up. */
    Optional<Object> copy(Object root) {
        try {
            return Optional.of(copyOf(root));
        } catch (RuntimeException | LinkageError | StackOverflowError givenUp) {
            return Optional.empty();
        }
    }

    /** What the substitution has said so far, by object. */
    Map<Object, Object> asked() {
        Map<Object, Object> all = substitutes == null ? new IdentityHashMap<>() : substitutes;
        if (root != null) {
            all.putIfAbsent(root, root);
        }
        if (copies != null) {
            copies.keySet().forEach(original -> all.putIfAbsent(original, original));
        }
        return all;
    }

    /** For plans, about everything that an object refers to. */
    Object copyOf(Object original) {
        if (sharing.canShare(original)) {
            return original;
        }
        references++;
        Object known = madeOf(original);
        if (known == UNDERWAY) {
            throw new GivesUpException("a cycle through " + original.getClass());
        }
        if (known != null) {
            return known;
        }
        Object substitute = substituteFor(original);
        if (++depth > limits.depth()
                || references > limits.references()
                || elements > limits.elements()
                || references * BYTES_PER_OBJECT + elements * Long.BYTES > limits.bytes()) {
            throw new GivesUpException("more than the limits allow, perhaps");
        }
        Object copy = substitute == original ? copyOfUnreplaced(original) : copyOfSubstitute(original, substitute);
        depth--;
        return copy;
    }

    private Object madeOf(Object original) {
        if (original == root) {
            return copyOfRoot;
        }
        return copies == null ? null : copies.get(original);
    }

    private Object substituteFor(Object original) {
        return substitutes != null && substitutes.containsKey(original)
                ? substitutes.get(original)
                : substitution.replace(original);
    }

    private Object copyOfUnreplaced(Object original) {
        made(original, UNDERWAY);
        Object copy = plans.of(original.getClass()).copy(original, this);
        Object restored = substitution.restore(copy);
        made(original, restored);
        return restored;
    }

    private Object copyOfSubstitute(Object original, Object substitute) {
        if (substitutes == null) {
            substitutes = new IdentityHashMap<>(FEW);
        }
        substitutes.put(original, substitute);
        if (substitute == null) {
            return null;
        }
        Object copy = sharing.canShare(substitute)
                ? substitute
                : plans.of(substitute.getClass()).copy(substitute, this);
        Object restored = substitution.restore(copy);
        made(original, restored);
        return restored;
    }

    /** For plans that make the copy before they fill it, so that what it refers to can refer to it. */
    void made(Object original, Object copy) {
        if (root == null || root == original) {
            root = original;
            copyOfRoot = copy;
            return;
        }
        if (copies == null) {
            copies = new IdentityHashMap<>(FEW);
        }
        copies.put(original, copy);
    }

    /** For plans of arrays and collections, before they allocate. */
    void takes(int newElements) {
        elements += newElements;
    }
}
