package org.actium.deployment.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.actium.deployment.model.Launch.Setting;
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

    /** Name of a comment, which is its text. Readers of elements never see one. */
    public static final String COMMENT = "#comment";

    /** In it, the attribute {@code place} says where an element and those in it stand, if not at a line of a file. */
    public static final String PLACE_NAMESPACE = "urn:actium:place";

    private static final Set<String> WITHOUT_EFFECT = Set.of("class", "closeStream");

    private static final Set<String> REFERENCES =
            Set.of("processReference", "serviceReference", "hierarchicalReference", "extendedJvm");

    public XmlElement {
        Objects.requireNonNull(name, "name");
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        children = List.copyOf(children);
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(at, "at");
    }

    public boolean isComment() {
        return name.equals(COMMENT);
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

    /**
     * All that it says, as paths and values, for a {@link org.actium.deployment.model.Launch}: its attributes without those
     * that mean nothing here, and what is below it, without what only refers to other definitions.
     *
     * @param left attributes that are left out
     */
    public List<Setting> settings(String... left) {
        var settings = new ArrayList<Setting>();
        var without = Set.of(left);
        attributes.forEach((attribute, value) -> {
            if (!WITHOUT_EFFECT.contains(attribute) && !without.contains(attribute)) {
                settings.add(new Setting(attribute, value));
            }
        });
        children.forEach(child -> child.collect(child.name, settings));
        return settings;
    }

    private void collect(String path, List<Setting> settings) {
        if (REFERENCES.contains(name)) {
            return;
        }
        boolean single = children.isEmpty() && attributes.size() <= 1;
        attributes.forEach(
                (attribute, value) -> settings.add(new Setting(single ? path : path + "/" + attribute, value)));
        if (!text.isEmpty() || attributes.isEmpty() && children.isEmpty()) {
            settings.add(new Setting(path, text));
        }
        children.forEach(child -> child.collect(path + "/" + child.name, settings));
    }

    public List<XmlElement> children(String child) {
        return children.stream().filter(c -> c.name.equals(child)).toList();
    }

    public Optional<XmlElement> child(String child) {
        return children.stream().filter(c -> c.name.equals(child)).findFirst();
    }
}
