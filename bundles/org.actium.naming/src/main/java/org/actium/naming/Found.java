package org.actium.naming;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.actium.object.spi.ObjectRef;

/**
 * An object that a name led to.
 *
 * @param types what {@link #typesOf} says of its class
 */
record Found(ObjectRef object, List<String> types) implements Serializable {

    Found {
        types = List.copyOf(types);
    }

    /** The name of the class, then those of everything it extends and implements. */
    static List<String> typesOf(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            names.add(c.getName());
        }
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            addInterfaces(c, names);
        }
        return names;
    }

    private static void addInterfaces(Class<?> of, List<String> names) {
        for (Class<?> implemented : of.getInterfaces()) {
            if (!names.contains(implemented.getName())) {
                names.add(implemented.getName());
                addInterfaces(implemented, names);
            }
        }
    }
}
