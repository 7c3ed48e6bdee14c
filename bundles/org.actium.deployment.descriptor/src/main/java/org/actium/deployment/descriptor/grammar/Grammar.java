package org.actium.deployment.descriptor.grammar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The language, as its schema has it. Immutable. */
public final class Grammar {

    /** Its root. */
    public static final String ROOT = "actium";

    private static final String SCHEMA = "/actium-deployment.xsd";

    private final String namespace;
    private final Map<String, ElementRule> byType;
    private final Map<String, String> roots;

    Grammar(String namespace, Map<String, ElementRule> byType, Map<String, String> roots) {
        this.namespace = namespace;
        this.byType = Collections.unmodifiableMap(new LinkedHashMap<>(byType));
        this.roots = Map.copyOf(roots);
    }

    /** The grammar this bundle contains. */
    public static Grammar bundled() {
        try (InputStream schema = Grammar.class.getResourceAsStream(SCHEMA)) {
            return SchemaReader.read(schema);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the schema in this bundle", unreadable);
        }
    }

    public String namespace() {
        return namespace;
    }

    public ElementRule root() {
        return byType.get(roots.get(ROOT));
    }

    /** The rule of a child of an element; empty if the schema has none. */
    public Optional<ElementRule> child(ElementRule parent, String name) {
        return Optional.ofNullable(parent.children().get(name)).map(byType::get);
    }

    /** The rule of an element that stands in the document by itself: a definition, or what a definition is about. */
    public Optional<ElementRule> definition(String name) {
        return child(root(), name)
                .or(() -> child(root(), "processDefinition").flatMap(process -> child(process, name)))
                .or(() -> child(root(), "serviceDefinition").flatMap(service -> child(service, name)));
    }

    /** Every type, in the order of the schema. */
    public Map<String, ElementRule> types() {
        return byType;
    }

    /** Names of all elements. */
    public Set<String> names() {
        var names = new TreeSet<>(roots.keySet());
        byType.values().forEach(rule -> names.addAll(rule.children().keySet()));
        return names;
    }

    /** Names of the elements that an element of this name may stand in. */
    public Set<String> parents(String name) {
        var parents = new TreeSet<String>();
        for (ElementRule rule : byType.values()) {
            rule.children().forEach((child, type) -> {
                if (byType.get(type).children().containsKey(name)) {
                    parents.add(child);
                }
            });
        }
        if (root().children().containsKey(name)) {
            parents.add(ROOT);
        }
        return parents;
    }
}
