package org.actium.deployment.descriptor.grammar;

import java.util.Objects;
import java.util.Optional;

/**
 * One attribute of an element.
 *
 * @param defaultValue what its absence means, if that is a value
 */
public record AttributeRule(
        String name, ValueRule value, boolean required, Optional<String> defaultValue, String documentation) {

    public AttributeRule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(defaultValue, "defaultValue");
        Objects.requireNonNull(documentation, "documentation");
    }
}
