package org.actium.security.domain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.actium.runtime.api.RuntimeId;

/**
 * Who has certificates: a line for each that was issued, with the identity, the digest of the key and the second since 1970
 * in which it expires. The last line about an identity counts. A line at the end that is not whole is about a certificate
 * that nobody has got.
 */
record CertifiedFile(Path path) {

    private static final int ID_DIGITS = 32;
    private static final int KEY_DIGITS = 64;

    /** @throws IOException if a line makes no sense */
    Map<RuntimeId, Identities.Entry> read() throws IOException {
        Map<RuntimeId, Identities.Entry> taken = new HashMap<>();
        String text = text();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            String[] words = line.split(" ");
            try {
                if (words.length != 3 || words[0].length() != ID_DIGITS || words[1].length() != KEY_DIGITS) {
                    throw new IllegalArgumentException("three words are expected");
                }
                RuntimeId member = new RuntimeId(
                        HexFormat.fromHexDigitsToLong(words[0], 0, ID_DIGITS / 2),
                        HexFormat.fromHexDigitsToLong(words[0], ID_DIGITS / 2, ID_DIGITS));
                taken.put(member, new Identities.Entry(words[1], Instant.ofEpochSecond(Long.parseLong(words[2]))));
            } catch (IllegalArgumentException | DateTimeException garbage) {
                throw new IOException(
                        "'" + path + "' has a line that makes no sense: '" + line
                                + "'; it says who has a certificate: once no runtime of the domain runs, delete the file",
                        garbage);
            }
        }
        return taken;
    }

    private String text() throws IOException {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            return "";
        }
    }

    static String text(Map<RuntimeId, Identities.Entry> taken) {
        var text = new StringBuilder();
        taken.forEach((member, entry) -> text.append(line(member, entry)));
        return text.toString();
    }

    private static String line(RuntimeId member, Identities.Entry entry) {
        return HexFormat.of().toHexDigits(member.high()) + HexFormat.of().toHexDigits(member.low()) + " " + entry.key()
                + " " + entry.until().getEpochSecond() + "\n";
    }

    /** The file must be there. What a failure has left of a line is taken away again. */
    void append(RuntimeId member, Identities.Entry entry) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(line(member, entry).getBytes(StandardCharsets.US_ASCII));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            long end = channel.size();
            channel.position(end);
            try {
                while (line.hasRemaining()) {
                    channel.write(line);
                }
                channel.force(true);
            } catch (IOException failed) {
                channel.truncate(end);
                throw failed;
            }
        }
    }
}
