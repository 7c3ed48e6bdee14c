package org.actium.deployment.descriptor;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.actium.deployment.spi.XmlElement;

/** Writes elements as an XML document for people. */
final class XmlWriter {

    private static final int WIDEST = 120;
    private static final String INDENT = "  ";

    private final String namespace;
    private final StringBuilder out = new StringBuilder();

    /** @param namespace of all elements */
    XmlWriter(String namespace) {
        this.namespace = namespace;
    }

    String write(List<XmlElement> before, XmlElement root, List<XmlElement> after) {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        before.forEach(comment -> comment(comment, 0));
        element(root, 0, " xmlns=\"" + namespace + "\"");
        after.forEach(comment -> comment(comment, 0));
        return out.toString();
    }

    private void element(XmlElement element, int depth, String more) {
        if (element.isComment()) {
            comment(element, depth);
            return;
        }
        out.append(INDENT.repeat(depth)).append('<').append(element.name()).append(more);
        attributes(element, depth);
        if (element.children().isEmpty() && element.text().isEmpty()) {
            out.append("/>\n");
            return;
        }
        out.append('>').append(escaped(element.text(), false));
        if (!element.children().isEmpty()) {
            out.append('\n');
            element.children().forEach(child -> element(child, depth + 1, ""));
            out.append(INDENT.repeat(depth));
        }
        out.append("</").append(element.name()).append(">\n");
    }

    private void attributes(XmlElement element, int depth) {
        Map<String, String> attributes = element.attributes();
        String line = attributes.entrySet().stream()
                .map(attribute -> attribute.getKey() + "=\"" + escaped(attribute.getValue(), true) + "\"")
                .collect(Collectors.joining(" "));
        boolean wraps = attributes.size() > 1
                && depth * INDENT.length() + element.name().length() + line.length() + 4 > WIDEST;
        if (!wraps) {
            out.append(line.isEmpty() ? "" : " ").append(line);
            return;
        }
        attributes.forEach((name, value) -> out.append('\n')
                .append(INDENT.repeat(depth + 2))
                .append(name)
                .append("=\"")
                .append(escaped(value, true))
                .append('"'));
    }

    private void comment(XmlElement comment, int depth) {
        out.append(INDENT.repeat(depth)).append("<!--").append(comment.text()).append("-->\n");
    }

    /** As XML reads it back; in attributes also what it would make a blank of. */
    private static String escaped(String text, boolean attribute) {
        var escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append(attribute ? "&quot;" : "\"");
                case '\r' -> escaped.append("&#13;");
                case '\n' -> escaped.append(attribute ? "&#10;" : "\n");
                case '\t' -> escaped.append(attribute ? "&#9;" : "\t");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
