package org.actium.histories;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records a history while it happens. For any thread: the order of the calls is the order of the history. */
public final class HistoryWriter implements AutoCloseable {

    private final BufferedWriter out; // guarded by this

    /** @param file is replaced */
    public HistoryWriter(Path file) throws IOException {
        out = Files.newBufferedWriter(file);
    }

    /** Of an operation that begins: before anybody else can know of it. Of one that ends: when nobody else will hear of it. */
    public synchronized void write(Event event) {
        try {
            out.write(event.line());
            out.newLine();
            out.flush(); // whoever writes may be killed
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
