package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.deployment.descriptor.dialect.Dialects;
import org.actium.deployment.descriptor.dialect.Translation;
import org.actium.deployment.descriptor.grammar.Grammar;
import org.actium.deployment.descriptor.grammar.GrammarCheck;
import org.actium.deployment.spi.XmlElement;

/**
 * Writes a document of any dialect in our language, with its variables and comments. Files that it includes stay what
 * they are: they are read in any dialect.
 */
final class Converter {

    private final Grammar grammar;
    private final Dialects dialects;
    private final Elements elements;

    Converter(Grammar grammar, Dialects dialects, Elements elements) {
        this.grammar = grammar;
        this.dialects = dialects;
        this.elements = elements;
    }

    /** @return empty if the document cannot be written in our language, which was reported */
    Optional<String> convert(String name, byte[] xml, ProblemList problems) {
        return XmlTree.readWithComments(name, xml, problems)
                .flatMap(tree -> dialects.translate(tree.root(), tree.namespace(), problems)
                        .filter(translation -> isInGrammar(translation, problems))
                        .map(translation -> new XmlWriter(grammar.namespace())
                                .write(tree.before(), arranged(translation.root()), tree.after())));
    }

    private boolean isInGrammar(Translation translation, ProblemList problems) {
        new GrammarCheck(grammar, translation::spelling, translation.words(), elements::reads, problems)
                .check(withoutComments(translation.root()), grammar.root());
        return problems.isEmpty();
    }

    private static XmlElement withoutComments(XmlElement element) {
        return with(
                element,
                element.children().stream()
                        .filter(child -> !child.isComment())
                        .map(Converter::withoutComments)
                        .toList());
    }

    /** Variables first, and each map within its virtual node. */
    private static XmlElement arranged(XmlElement root) {
        Map<String, List<XmlElement>> maps = root.children("map").stream()
                .collect(Collectors.groupingBy(
                        map -> map.attribute("virtualNode").orElse(""), LinkedHashMap::new, Collectors.toList()));
        Map<String, Long> names = root.children("virtualNode").stream()
                .collect(Collectors.groupingBy(node -> node.attribute("name").orElse(""), Collectors.counting()));
        var first = new ArrayList<XmlElement>();
        var others = new ArrayList<XmlElement>();
        var comments = new ArrayList<XmlElement>(); // they belong to what follows
        for (XmlElement child : root.children()) {
            if (child.isComment()) {
                comments.add(child);
                continue;
            }
            String node = child.attribute("name").orElse("");
            boolean moved = child.name().equals("map")
                    && names.getOrDefault(child.attribute("virtualNode").orElse(""), 0L) == 1;
            List<XmlElement> place = child.name().equals("variables") ? first : others;
            place.addAll(comments);
            comments.clear();
            if (child.name().equals("virtualNode") && maps.containsKey(node) && names.get(node) == 1) {
                var targets = Stream.concat(
                        child.children().stream(), maps.get(node).stream().flatMap(map -> map.children().stream()));
                place.add(with(child, targets.toList()));
            } else if (!moved) {
                place.add(child);
            }
        }
        others.addAll(comments);
        first.addAll(others);
        return with(root, first);
    }

    private static XmlElement with(XmlElement element, List<XmlElement> children) {
        return new XmlElement(element.name(), element.attributes(), children, element.text(), element.at());
    }
}
