package org.actium.torture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of a file that somebody else writes. */
final class Tail {

    private final Path file;
    private final StringBuilder begun = new StringBuilder();
    private long position;

    Tail(Path file) {
        this.file = file;
    }

    /** Those that were not given before, without one that has no end yet. */
    List<String> next() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(position);
            byte[] bytes = new byte[(int) (in.length() - position)];
            in.readFully(bytes);
            position += bytes.length;
            begun.append(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new TortureFailure(file + " cannot be read: " + unreadable);
        }
        List<String> lines = new ArrayList<>();
        for (int end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n")) {
            lines.add(begun.substring(0, end));
            begun.delete(0, end + 1);
        }
        return lines;
    }
}
