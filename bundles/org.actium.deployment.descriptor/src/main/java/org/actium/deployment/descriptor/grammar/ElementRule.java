package org.actium.deployment.descriptor.grammar;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What may stand in an element, and what it means.
 *
 * @param type its type in the schema
 * @param since the first language that had it
 * @param bundle the bundle that acts on it, if that is not the core
 * @param children types in the schema, by name of the element
 * @param text whether it may hold text
 * @param open whether elements that are not in the schema may stand in it
 */
public record ElementRule(
        String type,
        String documentation,
        String since,
        Optional<String> bundle,
        Optional<String> example,
        Map<String, AttributeRule> attributes,
        Map<String, String> children,
        boolean text,
        boolean open) {

    public ElementRule {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(documentation, "documentation");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(example, "example");
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }
}
