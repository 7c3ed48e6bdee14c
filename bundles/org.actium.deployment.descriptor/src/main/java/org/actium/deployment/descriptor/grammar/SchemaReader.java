package org.actium.deployment.descriptor.grammar;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the grammar from its XML Schema: complex types with one choice of elements, attributes with simple types, the
 * documentation of each. Knows of XML Schema what ours uses, and nothing else.
 */
final class SchemaReader {

    private static final String XS = "http://www.w3.org/2001/XMLSchema";

    private final Map<String, Draft> types = new LinkedHashMap<>();
    private final Map<String, Map<String, Attribute>> groups = new LinkedHashMap<>();
    private final Map<String, ValueRule> values = new LinkedHashMap<>();
    private final Map<String, String> roots = new LinkedHashMap<>();
    private String namespace = "";

    static Grammar read(InputStream schema) {
        var reader = new SchemaReader();
        try {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_COALESCING, true);
            reader.schema(factory.createXMLStreamReader(schema));
        } catch (XMLStreamException malformed) {
            throw new IllegalStateException("the schema in this bundle cannot be read", malformed);
        }
        return reader.grammar();
    }

    private void schema(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "schema" -> namespace = xml.getAttributeValue(null, "targetNamespace");
                    case "element" -> roots.put(name(xml), xml.getAttributeValue(null, "type"));
                    case "complexType" -> complexType(xml);
                    case "attributeGroup" -> {
                        var attributes = new LinkedHashMap<String, Attribute>();
                        groups.put(name(xml), attributes);
                        within(xml, "attributeGroup", () -> attribute(xml, attributes));
                    }
                    case "simpleType" -> simpleType(xml);
                    default -> {}
                }
            }
        }
    }

    private void complexType(XMLStreamReader xml) throws XMLStreamException {
        var draft = new Draft(name(xml), "true".equals(xml.getAttributeValue(null, "mixed")));
        types.put(draft.type, draft);
        within(xml, "complexType", () -> {
            switch (xml.getLocalName()) {
                case "documentation" -> draft.documentation = text(xml);
                case "since" -> draft.since = text(xml);
                case "bundle" -> draft.bundle = Optional.of(text(xml));
                case "example" -> draft.example = Optional.of(text(xml));
                case "element" -> draft.children.put(name(xml), xml.getAttributeValue(null, "type"));
                case "any" -> draft.open = true;
                case "attributeGroup" -> draft.groups.add(xml.getAttributeValue(null, "ref"));
                default -> attribute(xml, draft.attributes);
            }
        });
    }

    private static void attribute(XMLStreamReader xml, Map<String, Attribute> attributes) throws XMLStreamException {
        if (xml.getLocalName().equals("attribute")) {
            String name = name(xml);
            String type = xml.getAttributeValue(null, "type");
            boolean required = "required".equals(xml.getAttributeValue(null, "use"));
            Optional<String> preset = Optional.ofNullable(xml.getAttributeValue(null, "default"));
            var documentation = new StringBuilder();
            within(xml, "attribute", () -> {
                if (xml.getLocalName().equals("documentation")) {
                    documentation.append(text(xml));
                }
            });
            attributes.put(name, new Attribute(type, required, preset, documentation.toString()));
        }
    }

    private void simpleType(XMLStreamReader xml) throws XMLStreamException {
        String name = name(xml);
        var documentation = new StringBuilder();
        var words = new ArrayList<String>();
        var patterns = new ArrayList<Pattern>();
        var minimum = new ArrayList<Long>();
        long maximum = Integer.MAX_VALUE;
        int[] depth = {1};
        while (depth[0] > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("simpleType")) {
                depth[0]--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "simpleType" -> depth[0]++;
                    case "documentation" -> documentation.append(text(xml));
                    case "enumeration" -> words.add(xml.getAttributeValue(null, "value"));
                    case "pattern" -> patterns.add(Pattern.compile(xml.getAttributeValue(null, "value")));
                    case "minInclusive" -> minimum.add(Long.valueOf(xml.getAttributeValue(null, "value")));
                    case "restriction" -> {
                        switch (xml.getAttributeValue(null, "base")) {
                            case "xs:positiveInteger" -> minimum.add(1L);
                            case "xs:nonNegativeInteger" -> minimum.add(0L);
                            case "xs:long" -> maximum = Long.MAX_VALUE;
                            default -> {}
                        }
                    }
                    default -> {}
                }
            }
        }
        values.put(
                name,
                new ValueRule(
                        name,
                        documentation.toString(),
                        words,
                        patterns.stream().findFirst(),
                        minimum.isEmpty() ? OptionalLong.empty() : OptionalLong.of(minimum.getFirst()),
                        maximum));
    }

    private Grammar grammar() {
        var rules = new LinkedHashMap<String, ElementRule>();
        for (Draft draft : types.values()) {
            var attributes = new LinkedHashMap<String, AttributeRule>();
            draft.groups.forEach(group ->
                    groups.get(group).forEach((name, attribute) -> attributes.put(name, attribute.rule(name, values))));
            draft.attributes.forEach((name, attribute) -> attributes.put(name, attribute.rule(name, values)));
            rules.put(
                    draft.type,
                    new ElementRule(
                            draft.type,
                            draft.documentation,
                            draft.since,
                            draft.bundle,
                            draft.example,
                            attributes,
                            draft.children,
                            draft.text,
                            draft.open));
        }
        return new Grammar(namespace, rules, roots);
    }

    private static String name(XMLStreamReader xml) {
        return xml.getAttributeValue(null, "name");
    }

    private static String text(XMLStreamReader xml) throws XMLStreamException {
        return xml.getElementText().strip();
    }

    /** Calls the action at each start tag before the end tag of this name. */
    private static void within(XMLStreamReader xml, String end, Step action) throws XMLStreamException {
        while (true) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals(end)
                    && XS.equals(xml.getNamespaceURI())) {
                return;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                action.take();
            }
        }
    }

    /** What to do at a start tag. */
    private interface Step {
        void take() throws XMLStreamException;
    }

    private record Attribute(String type, boolean required, Optional<String> preset, String documentation) {
        AttributeRule rule(String name, Map<String, ValueRule> values) {
            return new AttributeRule(name, values.get(type), required, preset, documentation);
        }
    }

    private static final class Draft {
        private final String type;
        private final boolean text;
        private final List<String> groups = new ArrayList<>();
        private final Map<String, Attribute> attributes = new LinkedHashMap<>();
        private final Map<String, String> children = new LinkedHashMap<>();
        private String documentation = "";
        private String since = "";
        private Optional<String> bundle = Optional.empty();
        private Optional<String> example = Optional.empty();
        private boolean open;

        Draft(String type, boolean text) {
            this.type = type;
            this.text = text;
        }
    }
}
