package org.actium.deployment.descriptor;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.spi.Problems;

/** From the bytes of an XML document to its characters, by byte order mark or declaration (XML 1.0, appendix F). */
final class XmlText {

    private static final int DECLARATION_BYTES = 256;
    private static final Pattern ENCODING = Pattern.compile("^<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([^\"'>]*)[\"']");

    private XmlText() {}

    /** @return empty if the bytes are not text in the encoding they claim; a problem was reported then */
    static Optional<String> decode(String source, byte[] bytes, Problems problems) {
        Charset charset;
        try {
            charset = charset(bytes);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            problems.report(
                    new SourcePosition(source, 1, 1), "this Java knows no encoding '" + unknown.getMessage() + "'");
            return Optional.empty();
        }
        CharBuffer text = CharBuffer.allocate(
                (int) Math.ceil(bytes.length * (double) charset.newDecoder().maxCharsPerByte()) + 1);
        CoderResult end = charset.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (end.isError()) {
            problems.report(StartTags.position(source, text, text.length()), "here are bytes that are not " + charset);
            return Optional.empty();
        }
        String decoded = text.toString();
        return Optional.of(decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded);
    }

    private static Charset charset(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        switch (first) {
            case 0xFEFF, 0x003C -> {
                return StandardCharsets.UTF_16BE;
            }
            case 0xFFFE, 0x3C00 -> {
                return StandardCharsets.UTF_16LE;
            }
            default -> {
                String start =
                        new String(bytes, 0, Math.min(bytes.length, DECLARATION_BYTES), StandardCharsets.ISO_8859_1);
                Matcher declared = ENCODING.matcher(start);
                return declared.find() ? Charset.forName(declared.group(1)) : StandardCharsets.UTF_8;
            }
        }
    }
}
