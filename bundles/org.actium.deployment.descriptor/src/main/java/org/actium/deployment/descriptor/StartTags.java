package org.actium.deployment.descriptor;

import org.actium.deployment.model.SourcePosition;

/**
 * Finds the start tags of a document one after the other. A StAX reader only tells where a start tag ends, which may be
 * lines below where it begins; so this runs beside it, one tag per element. Relies on the reader to refuse what is not
 * well-formed, and on there being no entities but the five of XML: every start tag stands in the text.
 */
final class StartTags {

    private final String source;
    private final String text;
    private int offset;
    private int counted;
    private int line = 1;
    private int lineStart;

    StartTags(String source, String text) {
        this.source = source;
        this.text = text;
    }

    /** Where the next start tag begins; where the last one ended if there is none. */
    SourcePosition next() {
        while (offset < text.length()) {
            int tag = text.indexOf('<', offset);
            if (tag < 0) {
                break;
            }
            if (text.startsWith("<!--", tag)) {
                skipBehind("-->", tag + 4);
            } else if (text.startsWith("<![CDATA[", tag)) {
                skipBehind("]]>", tag + 9);
            } else if (text.startsWith("<?", tag)) {
                skipBehind("?>", tag + 2);
            } else if (text.startsWith("</", tag)) {
                skipBehind(">", tag + 2);
            } else {
                skipTag(tag + 1);
                return position(tag);
            }
        }
        offset = text.length();
        return position(counted);
    }

    static SourcePosition position(String source, CharSequence text, int offset) {
        return new StartTags(source, text.toString()).position(offset);
    }

    private void skipBehind(String end, int from) {
        int found = text.indexOf(end, from);
        offset = found < 0 ? text.length() : found + end.length();
    }

    private void skipTag(int from) {
        char quote = 0;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                break;
            }
        }
        offset = at;
    }

    /** Offsets only grow from call to call, so each line is counted once. */
    private SourcePosition position(int to) {
        for (; counted < to; counted++) {
            char c = text.charAt(counted);
            boolean lineEnds =
                    c == '\n' || c == '\r' && (counted + 1 == text.length() || text.charAt(counted + 1) != '\n');
            if (lineEnds) {
                line++;
                lineStart = counted + 1;
            }
        }
        return new SourcePosition(source, line, to - lineStart + 1);
    }
}
