package org.actium.deployment.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.actium.deployment.model.SourcePosition;

/**
 * An element of a descriptor with its variables replaced and its name in the present spelling.
 *
 * @param attributes in the order of the document
 * @param text all text directly in it, stripped
 * @param at where its start tag begins
 */
public record XmlElement(
        String name, Map<String, String> attributes, List<XmlElement> children, String text, SourcePosition at) {

    public XmlElement {
        Objects.requireNonNull(name, "name");
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        children = List.copyOf(children);
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(at, "at");
    }

    public Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /**
     * The attribute as a number.
     *
     * @return empty if there is no such attribute, or if it is no number from {@code minimum} up, which is reported
     */
    public OptionalInt integer(String attribute, int minimum, Problems problems) {
        String value = attributes.get(attribute);
        if (value == null) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= minimum) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException notANumber) {
            // reported below, like a number that is too small
        }
        problems.report(
                at,
                "attribute '" + attribute + "' of '" + name + "' is '" + Spelling.shortened(value)
                        + "'; it must be a whole number from " + minimum + " to " + Integer.MAX_VALUE);
        return OptionalInt.empty();
    }

    public List<XmlElement> children(String child) {
        return children.stream().filter(c -> c.name.equals(child)).toList();
    }

    public Optional<XmlElement> child(String child) {
        return children.stream().filter(c -> c.name.equals(child)).findFirst();
    }
}
