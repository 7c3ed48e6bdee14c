package org.actium.deployment.model;

import java.util.Objects;

/**
 * A process or service definition.
 *
 * @param element what the reader of its element made of it
 */
public record ElementDefinition(String id, DescriptorElement element, SourcePosition at) {

    public ElementDefinition {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(element, "element");
        Objects.requireNonNull(at, "at");
    }
}
