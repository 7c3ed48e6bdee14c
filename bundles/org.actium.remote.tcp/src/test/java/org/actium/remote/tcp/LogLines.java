package org.actium.remote.tcp;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What a class logs at one level, for a test that wants to see it. Everything goes to standard error as well. */
final class LogLines implements AutoCloseable {

    private final PrintStream before = System.err;
    private final String mark;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private LogLines(String mark) {
        this.mark = mark;
        System.setErr(new PrintStream(new Splitter(), true, StandardCharsets.UTF_8));
    }

    static LogLines of(Class<?> logger) {
        return new LogLines("WARN " + logger.getName() + " - ");
    }

    /** Of the life cycle, by a class that others cannot see. */
    static LogLines infosOf(String logger) {
        return new LogLines("INFO " + logger + " - ");
    }

    /** The rest of the next message that begins so; waits for it. */
    String take(String beginning) throws InterruptedException {
        String line = lines.take();
        while (!line.startsWith(beginning)) {
            line = lines.take(); // of what another test has left behind
        }
        return line.substring(beginning.length());
    }

    @Override
    public void close() {
        System.setErr(before);
    }

    private final class Splitter extends ByteArrayOutputStream {

        @Override
        public synchronized void write(int value) {
            if (value == '\n') {
                String line = toString(StandardCharsets.UTF_8);
                before.println(line);
                if (line.contains(mark)) {
                    lines.add(line.substring(line.indexOf(mark) + mark.length()));
                }
                reset();
            } else {
                super.write(value);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
        }
    }
}
