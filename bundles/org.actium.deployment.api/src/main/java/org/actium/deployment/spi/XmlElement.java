package org.actium.deployment.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.actium.deployment.model.SourcePosition;

/**
 * An element of a descriptor with its variables replaced.
 *
 * @param attributes in the order of the document
 * @param text all text directly in it, stripped
 */
public record XmlElement(
        String name, Map<String, String> attributes, List<XmlElement> children, String text, SourcePosition at) {

    public XmlElement {
        Objects.requireNonNull(name, "name");
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(at, "at");
    }

    public Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    public List<XmlElement> children(String child) {
        return children.stream().filter(c -> c.name.equals(child)).toList();
    }

    public Optional<XmlElement> child(String child) {
        return children.stream().filter(c -> c.name.equals(child)).findFirst();
    }
}
