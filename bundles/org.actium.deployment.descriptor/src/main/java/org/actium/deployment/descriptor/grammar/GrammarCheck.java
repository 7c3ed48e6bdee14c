package org.actium.deployment.descriptor.grammar;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Reports everything in a document that the grammar does not have. Goes on after each problem. */
public final class GrammarCheck {

    /** How a problem begins that is about an element of a bundle that is not installed. */
    public static final String UNREAD = "no installed bundle reads the element";

    private final Grammar grammar;
    private final Function<XmlElement, String> spelling;
    private final Set<String> words;
    private final Predicate<String> extension;
    private final Problems problems;

    /**
     * @param spelling what an element is called in the document, for messages
     * @param words what the dialect of the document has besides, for guesses at what was meant
     * @param extension whether an installed bundle reads an element of this name, where such may stand
     */
    public GrammarCheck(
            Grammar grammar,
            Function<XmlElement, String> spelling,
            Set<String> words,
            Predicate<String> extension,
            Problems problems) {
        this.grammar = grammar;
        this.spelling = spelling;
        this.words = Set.copyOf(words);
        this.extension = extension;
        this.problems = problems;
    }

    /** Checks the element and all in it. */
    public void check(XmlElement element, ElementRule rule) {
        attributes(element, rule);
        if (!rule.text() && !element.text().isEmpty()) {
            problems.report(
                    element.at(),
                    "'" + spelling.apply(element) + "' holds the text '" + Spelling.shortened(element.text())
                            + "', but may hold none");
        }
        for (XmlElement child : element.children()) {
            grammar.child(rule, child.name()).ifPresentOrElse(childRule -> check(child, childRule), () -> {
                if (!rule.open()) {
                    unknown(child, element, rule);
                } else if (!extension.test(child.name())) {
                    unread(child, element, rule);
                }
            });
        }
    }

    private void attributes(XmlElement element, ElementRule rule) {
        element.attributes().forEach((name, value) -> {
            AttributeRule attribute = rule.attributes().get(name);
            if (attribute == null) {
                problems.report(
                        element.at(),
                        "unknown attribute '" + Spelling.shortened(name) + "' of '" + spelling.apply(element) + "'"
                                + Spelling.hint(
                                        name, new TreeSet<>(rule.attributes().keySet())));
            } else if (attribute.required() && value.isBlank() && !isAnyText(attribute)) {
                problems.report(
                        element.at(),
                        "'" + spelling.apply(element) + "' needs the attribute '" + name + "', which is empty");
            } else if (!value.contains("${")
                    && (!value.isBlank() || attribute.value().words().isEmpty())) {
                attribute
                        .value()
                        .violation(value)
                        .ifPresent(violation -> problems.report(
                                element.at(),
                                "attribute '" + name + "' of '" + spelling.apply(element) + "' is '"
                                        + Spelling.shortened(value) + "'; " + violation));
            }
        });
        for (AttributeRule attribute : rule.attributes().values()) {
            if (attribute.required() && !element.attributes().containsKey(attribute.name())) {
                problems.report(
                        element.at(),
                        "'" + spelling.apply(element) + "' needs the attribute '" + attribute.name()
                                + "', which is missing");
            }
        }
    }

    private static boolean isAnyText(AttributeRule attribute) {
        ValueRule value = attribute.value();
        return value.words().isEmpty()
                && value.pattern().isEmpty()
                && value.minimum().isEmpty();
    }

    private void unread(XmlElement child, XmlElement parent, ElementRule rule) {
        boolean foreign = child.name().indexOf(':') >= 0;
        if (!foreign && rule == grammar.root()) {
            unknown(child, parent, rule);
            return;
        }
        problems.report(
                child.at(),
                UNREAD + " '" + Spelling.shortened(spelling.apply(child)) + "'"
                        + (foreign
                                ? "; install the bundle that brings it, or remove the element"
                                : Spelling.hint(
                                        child.name(),
                                        new TreeSet<>(rule.children().keySet()))));
    }

    private void unknown(XmlElement child, XmlElement parent, ElementRule rule) {
        var known = new TreeSet<>(rule.children().keySet());
        var guesses = new TreeSet<>(known);
        guesses.addAll(words);
        Set<String> elsewhere = grammar.parents(child.name());
        problems.report(
                child.at(),
                "unknown element '" + Spelling.shortened(spelling.apply(child)) + "' in '" + spelling.apply(parent)
                        + "'"
                        + (elsewhere.isEmpty()
                                ? Spelling.nearest(child.name(), guesses)
                                        .map(meant -> "; did you mean '" + meant + "'?")
                                        .orElseGet(() -> Spelling.hint(child.name(), known))
                                : "; it may stand in " + Spelling.list(elsewhere)));
    }
}
