package org.actium.simulation.scenarios;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many entries each table of a runtime has: every map and collection that can be reached through the fields of
 * Actium's own objects, by its path. Knows no table by name, so that a new one is not forgotten.
 */
final class Tables {

    private static final String OURS = "org.actium.";

    /** The simulator is no part of a runtime; what codecs remember grows with the classes there are, not with use. */
    private static final List<String> LEFT_OUT =
            List.of("org.actium.simulation.", "org.actium.codec.", "org.actium.deadlock.");

    /** The fields that can hold tables or what has some; asking a class takes longer than everything else here. */
    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            for (Class<?> declaring = type; declaring != Object.class; declaring = declaring.getSuperclass()) {
                for (Field field : declaring.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()) {
                        field.setAccessible(true);
                        fields.add(field);
                    }
                }
            }
            return List.copyOf(fields);
        }
    };

    private final Map<String, Integer> sizes = new TreeMap<>();
    private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());

    private Tables() {}

    static Tables of(Object runtime) {
        Tables tables = new Tables();
        tables.visit(runtime, runtime.getClass().getSimpleName());
        return tables;
    }

    /** Each as long as in the one where it is longest. */
    static Tables longest(List<Tables> all) {
        Tables longest = new Tables();
        all.forEach(tables -> tables.sizes.forEach((path, size) -> longest.sizes.merge(path, size, Math::max)));
        return longest;
    }

    int count() {
        return sizes.size();
    }

    /** The tables that have more entries than before, each with both numbers. */
    List<String> grownSince(Tables before) {
        return sizes.entrySet().stream()
                .filter(table -> table.getValue() > before.sizes.getOrDefault(table.getKey(), 0))
                .map(table -> table.getKey() + " has " + table.getValue() + " entries, "
                        + before.sizes.getOrDefault(table.getKey(), 0) + " before")
                .toList();
    }

    private void visit(Object object, String path) {
        String type = object.getClass().getName();
        if (!type.startsWith(OURS) || LEFT_OUT.stream().anyMatch(type::startsWith) || !visited.add(object)) {
            return;
        }
        FIELDS.get(object.getClass()).forEach(field -> visit(object, field, path + "." + field.getName()));
    }

    private void visit(Object object, Field field, String path) {
        try {
            switch (field.get(object)) {
                case Map<?, ?> map -> sizes.put(path, map.size());
                case Collection<?> collection -> sizes.put(path, collection.size());
                case null -> {}
                case Object value -> visit(value, path);
            }
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(path + " cannot be read", impossible);
        }
    }
}
