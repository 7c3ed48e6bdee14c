package org.actium.deployment.descriptor;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.actium.deployment.descriptor.dialect.Dialects;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.XmlElement;

/**
 * An XML document as a tree with positions. Nothing outside the document is looked at: there are no document types, no
 * entities but the five of XML, and limits on everything that could grow.
 *
 * @param namespace of the root element; elements and attributes of other namespaces keep their prefix in their name
 * @param before comments before the root, if they were asked for
 * @param after comments after the root, if they were asked for
 */
record XmlTree(String namespace, XmlElement root, List<XmlElement> before, List<XmlElement> after) {

    /** Bytes; more than ten thousand JVMs, each written out, take a quarter of it. */
    static final int LARGEST = 16 << 20;

    static final int DEEPEST = 64;

    private static final Pattern NAMESPACE_KEY =
            Pattern.compile("http://www\\.w3\\.org/TR/[^#]*#(\\w+)\\?([^&]*)&?([^&]*).*");

    /** @return empty if the document is not well-formed or beyond a limit; a problem was reported then */
    static Optional<XmlTree> read(String source, byte[] xml, Problems problems) {
        return read(source, xml, false, problems);
    }

    /** As {@link #read(String, byte[], Problems)}, with comments as elements, {@link XmlElement#isComment()}. */
    static Optional<XmlTree> readWithComments(String source, byte[] xml, Problems problems) {
        return read(source, xml, true, problems);
    }

    private static Optional<XmlTree> read(String source, byte[] xml, boolean comments, Problems problems) {
        if (xml.length > LARGEST) {
            problems.report(
                    new SourcePosition(source, 1, 1),
                    "the document has " + xml.length + " bytes; more than " + LARGEST + " are not read");
            return Optional.empty();
        }
        return XmlText.decode(source, xml, problems)
                .flatMap(text -> new Parser(source, text, comments, problems).parse());
    }

    private static final class Parser {

        private final String source;
        private final String text;
        private final boolean comments;
        private final Problems problems;
        private final StartTags startTags;
        private final Deque<Open> open = new ArrayDeque<>();
        private String namespace = "";
        private XmlElement root;
        private final List<XmlElement> before = new ArrayList<>();
        private final List<XmlElement> after = new ArrayList<>();

        Parser(String source, String text, boolean comments, Problems problems) {
            this.source = source;
            this.text = text;
            this.comments = comments;
            this.problems = problems;
            this.startTags = new StartTags(source, text);
        }

        Optional<XmlTree> parse() {
            try {
                XMLStreamReader reader = inputFactory().createXMLStreamReader(new StringReader(text));
                while (reader.hasNext()) {
                    switch (reader.next()) {
                        case XMLStreamConstants.START_ELEMENT -> {
                            if (open.size() == DEEPEST) {
                                return refuse(startTags.next(), "elements are nested more than " + DEEPEST + " deep");
                            }
                            open.push(opened(reader));
                        }
                        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                            open.element().text.append(reader.getText());
                        case XMLStreamConstants.END_ELEMENT -> {
                            XmlElement closed = open.pop().close();
                            if (open.isEmpty()) {
                                root = closed;
                            } else {
                                open.element().children.add(closed);
                            }
                        }
                        case XMLStreamConstants.COMMENT -> {
                            if (comments) {
                                comment(reader);
                            }
                        }
                        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
                            return refuse(
                                    StartTags.position(source, text, Math.max(0, text.indexOf("<!DOCTYPE"))),
                                    "a document type is not accepted; remove it, and write out its entities");
                        }
                        default -> {}
                    }
                }
                return Optional.of(new XmlTree(namespace, root, before, after));
            } catch (XMLStreamException malformed) {
                return refuse(position(malformed.getLocation()), "not well-formed XML: " + reason(malformed));
            } catch (RuntimeException brokenParser) {
                // the JDK's parser answers some malformed input with an exception of its own inside
                return refuse(startTags.next(), "not well-formed XML: " + brokenParser.getMessage());
            }
        }

        private void comment(XMLStreamReader reader) {
            var comment = new XmlElement(
                    XmlElement.COMMENT, Map.of(), List.of(), reader.getText(), position(reader.getLocation()));
            if (!open.isEmpty()) {
                open.element().children.add(comment);
            } else if (root == null) {
                before.add(comment);
            } else {
                after.add(comment);
            }
        }

        private Open opened(XMLStreamReader reader) {
            if (open.isEmpty()) {
                namespace = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
            }
            var attributes = new LinkedHashMap<String, String>();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                String prefix = reader.getAttributePrefix(i);
                if (!belongsToXml(reader.getAttributeNamespace(i))
                        && !XmlElement.PLACE_NAMESPACE.equals(reader.getAttributeNamespace(i))) {
                    attributes.put(qualified(prefix, reader.getAttributeLocalName(i)), reader.getAttributeValue(i));
                }
            }
            String own = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
            String name = own.equals(namespace) || Dialects.isCommon(own)
                    ? reader.getLocalName()
                    : qualified(reader.getPrefix(), reader.getLocalName());
            return new Open(name, attributes, place(reader, startTags.next()));
        }

        /** What a program says about the place of the element or of one around it, else where its tag begins. */
        private SourcePosition place(XMLStreamReader reader, SourcePosition tag) {
            String place = reader.getAttributeValue(XmlElement.PLACE_NAMESPACE, "place");
            if (place != null) {
                return new SourcePosition(place, 0, 0);
            }
            return open.isEmpty() || open.element().at.line() > 0 ? tag : open.element().at;
        }

        /** Where a schema is, which language a text is in: said to the editor, not to us. */
        private static boolean belongsToXml(String namespace) {
            return XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(namespace)
                    || XMLConstants.XML_NS_URI.equals(namespace);
        }

        private static String qualified(String prefix, String name) {
            return prefix == null || prefix.isEmpty() ? name : prefix + ":" + name;
        }

        private SourcePosition position(Location location) {
            return location == null || location.getLineNumber() < 1
                    ? startTags.next()
                    : new SourcePosition(source, location.getLineNumber(), Math.max(1, location.getColumnNumber()));
        }

        private Optional<XmlTree> refuse(SourcePosition at, String message) {
            problems.report(at, message);
            return Optional.empty();
        }

        private static String reason(XMLStreamException malformed) {
            String message = String.valueOf(malformed.getMessage());
            int start = message.indexOf("Message: ");
            String reason = start < 0 ? message : message.substring(start + "Message: ".length());
            Matcher key = NAMESPACE_KEY.matcher(reason);
            if (!key.matches()) {
                return reason.replaceAll("\\s+", " ");
            }
            return switch (key.group(1)) {
                case "AttributeNotUnique" -> "attribute '" + key.group(3) + "' stands twice in '" + key.group(2) + "'";
                case "AttributePrefixUnbound", "ElementPrefixUnbound" ->
                    "a prefix in '" + key.group(2) + "' is bound to no namespace";
                default -> key.group(1) + " in '" + key.group(2) + "'";
            };
        }

        private static XMLInputFactory inputFactory() {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
            factory.setXMLResolver((publicId, systemId, baseUri, name) -> {
                throw new XMLStreamException("nothing outside the document is read: " + systemId);
            });
            return factory;
        }
    }

    /** An element whose end tag has not come yet. */
    private static final class Open {

        private final String name;
        private final Map<String, String> attributes;
        private final SourcePosition at;
        private final List<XmlElement> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Open(String name, Map<String, String> attributes, SourcePosition at) {
            this.name = name;
            this.attributes = attributes;
            this.at = at;
        }

        XmlElement close() {
            return new XmlElement(name, attributes, children, text.toString().strip(), at);
        }
    }
}
