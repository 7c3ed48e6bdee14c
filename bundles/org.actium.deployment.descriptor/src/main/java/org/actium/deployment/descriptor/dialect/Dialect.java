package org.actium.deployment.descriptor.dialect;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A language that descriptors are written in, as a table of what it calls the elements and attributes of ours. What is
 * not in the table has the same name. Immutable.
 */
final class Dialect {

    private final String description;
    private final Pattern namespace;
    private final String namespaceHint;
    private final Map<String, Change> changes;
    private final Map<String, Map<String, String>> attributes;

    private Dialect(Draft draft) {
        description = draft.description;
        namespace = Pattern.compile(draft.namespace);
        namespaceHint = draft.namespaceHint;
        changes = Map.copyOf(draft.changes);
        attributes = Map.copyOf(draft.attributes);
    }

    /** For people: {@code a GCM application descriptor}. */
    String description() {
        return description;
    }

    boolean hasNamespace(String candidate) {
        return namespace.matcher(candidate).matches();
    }

    /** What to write instead of a wrong namespace. */
    String namespaceHint() {
        return namespaceHint;
    }

    /** @param parent of the element as the dialect spells it; empty text for the root */
    Change change(String parent, String element) {
        Change special = changes.get(parent + "/" + element);
        return special != null ? special : changes.getOrDefault(element, Change.NONE);
    }

    /** Elements that it spells in its own way. */
    Set<String> words() {
        return changes.keySet().stream()
                .map(key -> key.substring(key.indexOf('/') + 1))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What the attributes of an element are called here, by what the dialect calls them. */
    Map<String, String> attributes(String element) {
        return attributes.getOrDefault(element, Map.of());
    }

    /** A dialect in the making. Elements are named alone or with their parent, {@code parent/element}. */
    static final class Draft {

        private final String description;
        private final String namespace;
        private final String namespaceHint;
        private final Map<String, Change> changes = new HashMap<>();
        private final Map<String, Map<String, String>> attributes = new HashMap<>();

        /** @param namespace regular expression of those it may have */
        Draft(String description, String namespace, String namespaceHint) {
            this.description = description;
            this.namespace = namespace;
            this.namespaceHint = namespaceHint;
        }

        Draft renamed(String element, String name) {
            changes.put(element, new Change.Renamed(name));
            return this;
        }

        /** Elements that have a capital first letter here and none there. */
        Draft capitalised(String... names) {
            for (String name : names) {
                renamed(Character.toUpperCase(name.charAt(0)) + name.substring(1), name);
            }
            return this;
        }

        Draft dissolved(String... elements) {
            for (String element : elements) {
                changes.put(element, new Change.Dissolved(Set.of()));
            }
            return this;
        }

        Draft dissolvedWithout(String element, String... attributesWithoutEffect) {
            changes.put(element, new Change.Dissolved(Set.of(attributesWithoutEffect)));
            return this;
        }

        Draft split(String element, String name, String... kept) {
            changes.put(element, new Change.Split(name, Set.of(kept)));
            return this;
        }

        /** @param element as the dialect spells it */
        Draft attribute(String element, String there, String here) {
            attributes.computeIfAbsent(element, name -> new LinkedHashMap<>()).put(there, here);
            return this;
        }

        Dialect dialect() {
            return new Dialect(this);
        }
    }
}
