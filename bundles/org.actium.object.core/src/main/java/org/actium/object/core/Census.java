package org.actium.object.core;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.actium.future.spi.Outcome;
import org.actium.object.api.ObjectInfo;
import org.actium.object.spi.ObjectRef;
import org.actium.object.spi.StubbedMethods;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.RuntimeAddress;

/** Which active objects there are on a node of this runtime, for whoever asks. */
final class Census {

    /** Asks for descriptions instead of references. */
    static final String EVERY_TYPE = "";

    private final ActiumRuntime runtime;
    private final RuntimeAddress self;
    private final Bodies bodies;

    Census(ActiumRuntime runtime, RuntimeAddress self, Bodies bodies) {
        this.runtime = runtime;
        this.self = self;
        this.bodies = bodies;
    }

    /** Descriptions of all, in order of creation. */
    List<ObjectInfo> all() {
        return inOrder(bodies.all()).stream().map(Body::info).toList();
    }

    /**
     * @param type name of the type that they extend or implement and whose {@link ObjectRef} is asked for, or
     *     {@link #EVERY_TYPE} for each {@link ObjectInfo}
     * @throws IllegalArgumentException if there is no such node
     */
    ArrayList<Serializable> on(String node, String type) {
        if (runtime.node(node).isEmpty()) {
            throw new IllegalArgumentException("runtime " + runtime.name() + " has no node '" + node + "' (any more)");
        }
        ArrayList<Serializable> found = new ArrayList<>();
        for (Body body : inOrder(bodies.all())) {
            if (body.node().name().equals(node)) {
                if (type.equals(EVERY_TYPE)) {
                    found.add(body.info());
                } else if (isOf(type, body.type())) {
                    found.add(new ObjectRef(body.id(), body.copy() == null ? self : ObjectRef.ANYWHERE, body.name()));
                }
            }
        }
        return found;
    }

    /** As {@link #on}, for another runtime. */
    Outcome answer(String node, String type) {
        try {
            return new Outcome.Value(on(node, type));
        } catch (RuntimeException failed) {
            return new Outcome.Failure(failed);
        }
    }

    private static boolean isOf(String type, Class<?> candidate) {
        return StubbedMethods.supertypes(candidate).stream()
                .anyMatch(above -> above.getName().equals(type));
    }

    private static List<Body> inOrder(Collection<Body> bodies) {
        return bodies.stream()
                .sorted(Comparator.comparingLong(body -> body.id().number()))
                .toList();
    }
}
