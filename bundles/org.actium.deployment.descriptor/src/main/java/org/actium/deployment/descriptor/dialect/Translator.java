package org.actium.deployment.descriptor.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Translates one document by the table of its dialect. Looks at no value, so variables may stand in all of them. */
final class Translator {

    private final Dialect dialect;
    private final Problems problems;
    private final Map<SourcePosition, String> spellings = new HashMap<>();

    Translator(Dialect dialect, Problems problems) {
        this.dialect = dialect;
        this.problems = problems;
    }

    Map<SourcePosition, String> spellings() {
        return spellings;
    }

    /** The element as ours; several, or none, where it only groups others. */
    List<XmlElement> translated(XmlElement element, String parent) {
        if (element.isComment()) {
            return List.of(element);
        }
        return switch (dialect.change(parent, element.name())) {
            case Change.Kept kept -> List.of(renamed(element, element.name(), children(element)));
            case Change.Renamed renamed -> List.of(renamed(element, renamed.name(), children(element)));
            case Change.Dissolved dissolved -> {
                reportLost(element, dissolved);
                yield children(element);
            }
            case Change.Split split -> split(element, split);
        };
    }

    private List<XmlElement> children(XmlElement element) {
        return element.children().stream()
                .flatMap(child -> translated(child, element.name()).stream())
                .toList();
    }

    private List<XmlElement> split(XmlElement element, Change.Split split) {
        var kept = new ArrayList<XmlElement>();
        var others = new ArrayList<XmlElement>();
        for (XmlElement child : element.children()) {
            (split.kept().contains(child.name()) ? kept : others).addAll(translated(child, element.name()));
        }
        var all = new ArrayList<XmlElement>();
        all.add(renamed(element, split.name(), kept));
        all.addAll(others);
        return all;
    }

    private XmlElement renamed(XmlElement element, String name, List<XmlElement> children) {
        if (!name.equals(element.name())) {
            spellings.put(element.at(), element.name());
        }
        return new XmlElement(name, attributes(element), children, element.text(), element.at());
    }

    private Map<String, String> attributes(XmlElement element) {
        Map<String, String> synonyms = dialect.attributes(element.name());
        if (synonyms.isEmpty()) {
            return element.attributes();
        }
        var attributes = new LinkedHashMap<String, String>();
        element.attributes().forEach((attribute, value) -> {
            String now = synonyms.getOrDefault(attribute, attribute);
            if (attributes.putIfAbsent(now, value) != null) {
                problems.report(
                        element.at(),
                        "'" + element.name() + "' has the attribute '" + now + "' twice, in two spellings; remove one");
            }
        });
        return attributes;
    }

    /** What stands in an element that only groups others would be lost without a word. */
    private void reportLost(XmlElement element, Change.Dissolved dissolved) {
        for (String attribute : element.attributes().keySet()) {
            if (!dissolved.attributes().contains(attribute)) {
                problems.report(
                        element.at(),
                        "unknown attribute '" + Spelling.shortened(attribute) + "' of '" + element.name() + "'"
                                + Spelling.hint(attribute, dissolved.attributes()));
            }
        }
        if (!element.text().isEmpty()) {
            problems.report(
                    element.at(),
                    "'" + element.name() + "' holds the text '" + Spelling.shortened(element.text())
                            + "', but may hold none");
        }
    }
}
