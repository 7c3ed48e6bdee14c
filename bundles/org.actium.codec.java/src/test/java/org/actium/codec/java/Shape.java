package org.actium.codec.java;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that can be told of a graph, as text: two graphs with the same text are the same, also in what occurs where again. */
final class Shape {

    private final StringBuilder text = new StringBuilder();
    private final Map<Object, Integer> seen = new IdentityHashMap<>();

    private Shape() {}

    static String of(Object graph) {
        Shape shape = new Shape();
        shape.add(graph);
        return shape.text.toString();
    }

    private void add(Object object) {
        switch (object) {
            case null -> text.append("null");
            case String s -> text.append('"').append(s).append('"');
            case Enum<?> constant ->
                text.append(constant.getDeclaringClass().getName()).append('.').append(constant.name());
            case Class<?> type -> text.append(type);
            case Throwable failure -> text.append(failure);
            case Object value
            when isValue(value.getClass()) ->
                text.append(value.getClass().getSimpleName()).append(' ').append(value);
            default -> addObject(object);
        }
        text.append('\n');
    }

    /** What nobody cares about whether there is one of it or several. */
    private static boolean isValue(Class<?> type) {
        return JdkClasses.isJdk(type)
                && !type.isArray()
                && !Collection.class.isAssignableFrom(type)
                && !Map.class.isAssignableFrom(type);
    }

    private void addObject(Object object) {
        Integer number = seen.putIfAbsent(object, seen.size());
        boolean unmodifiable = object.getClass().getName().startsWith("java.util.Immutable");
        if (number != null && !unmodifiable) {
            text.append('#').append(number);
            return;
        }
        text.append(unmodifiable ? "unmodifiable" : object.getClass().getName()).append('{');
        switch (object) {
            case Collection<?> elements ->
                sorted(elements, elements instanceof Set && !(elements instanceof LinkedHashSet))
                        .forEach(this::add);
            case Map<?, ?> map -> {
                if (map instanceof LinkedHashMap<?, ?>) {
                    text.append(ordersByAccess((LinkedHashMap<?, ?>) map) ? "by access " : "");
                }
                for (Object key : sorted(map.keySet(), !(map instanceof LinkedHashMap))) {
                    add(key);
                    if (!(map instanceof LinkedHashMap)) {
                        add(map.get(key));
                    }
                }
                if (map instanceof LinkedHashMap) {
                    new ArrayList<>(map.values()).forEach(this::add);
                }
            }
            default -> {
                if (object.getClass().isArray()) {
                    for (int i = 0; i < Array.getLength(object); i++) {
                        add(Array.get(object, i));
                    }
                } else {
                    addFields(object);
                }
            }
        }
        text.append('}');
    }

    private static List<Object> sorted(Collection<?> elements, boolean sorting) {
        List<Object> all = new ArrayList<>(elements);
        if (sorting) {
            all.sort(Comparator.comparing(String::valueOf));
        }
        return all;
    }

    @SuppressWarnings("unchecked") // it is empty
    private static boolean ordersByAccess(LinkedHashMap<?, ?> map) {
        LinkedHashMap<Object, Object> probe = (LinkedHashMap<Object, Object>) map.clone();
        probe.clear();
        probe.put("a", 1);
        probe.put("b", 2);
        probe.get("a");
        return probe.firstEntry().getKey().equals("b");
    }

    private void addFields(Object object) {
        for (Class<?> type = object.getClass(); !JdkClasses.isJdk(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if ((field.getModifiers() & java.lang.reflect.Modifier.STATIC) == 0) {
                    try {
                        field.setAccessible(true);
                        text.append(field.getName()).append('=');
                        add(field.get(object));
                    } catch (IllegalAccessException impossible) {
                        throw new IllegalStateException(impossible);
                    }
                }
            }
        }
    }
}
