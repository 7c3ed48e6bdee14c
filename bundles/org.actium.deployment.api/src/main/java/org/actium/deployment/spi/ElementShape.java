package org.actium.deployment.spi;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may stand in an element. Readers of elements check with it first, so that a misspelt word is reported in the
 * same way everywhere and never dropped.
 *
 * @param required attributes that must be there and must not be empty
 * @param optional other attributes
 * @param children names of child elements
 * @param text whether it may hold text
 */
public record ElementShape(Set<String> required, Set<String> optional, Set<String> children, boolean text) {

    /** An element with nothing in it. */
    public static final ElementShape EMPTY = new ElementShape(Set.of(), Set.of(), Set.of(), false);

    public ElementShape {
        required = Set.copyOf(required);
        optional = Set.copyOf(optional);
        children = Set.copyOf(children);
    }

    public ElementShape requiring(String... attributes) {
        return new ElementShape(union(required, attributes), optional, children, text);
    }

    public ElementShape allowing(String... attributes) {
        return new ElementShape(required, union(optional, attributes), children, text);
    }

    public ElementShape containing(String... elements) {
        return new ElementShape(required, optional, union(children, elements), text);
    }

    public ElementShape containingText() {
        return new ElementShape(required, optional, children, true);
    }

    /**
     * Reports every attribute, child and text of the element that does not belong there, and every attribute that is
     * missing. Looks at this element only, not into its children.
     *
     * @return whether every required attribute is there
     */
    public boolean check(XmlElement element, Problems problems) {
        var known = new TreeSet<>(required);
        known.addAll(optional);
        for (String attribute : element.attributes().keySet()) {
            if (!known.contains(attribute)) {
                problems.report(
                        element.at(),
                        "unknown attribute '" + Spelling.shortened(attribute) + "' of '" + element.name() + "'"
                                + Spelling.hint(attribute, known));
            }
        }
        boolean complete = true;
        for (String attribute : new TreeSet<>(required)) {
            if (element.attribute(attribute).orElse("").isBlank()) {
                complete = false;
                problems.report(
                        element.at(),
                        "'" + element.name() + "' needs the attribute '" + attribute + "', which is "
                                + (element.attributes().containsKey(attribute) ? "empty" : "missing"));
            }
        }
        for (XmlElement child : element.children()) {
            if (!children.contains(child.name())) {
                problems.report(
                        child.at(),
                        "unknown element '" + Spelling.shortened(child.name()) + "' in '" + element.name() + "'"
                                + Spelling.hint(child.name(), new TreeSet<>(children)));
            }
        }
        if (!text && !element.text().isEmpty()) {
            problems.report(
                    element.at(),
                    "'" + element.name() + "' holds the text '" + Spelling.shortened(element.text())
                            + "', but may hold none");
        }
        return complete;
    }

    private static Set<String> union(Set<String> some, String[] more) {
        var all = new HashSet<>(some);
        all.addAll(Set.of(more));
        return all;
    }
}
