package org.actium.deployment.shell.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The end of a text that may be endless, also within one line. */
final class LastLines {

    private static final int KEPT = 40;
    private static final int LONGEST = 2000;

    private static final Pattern OURS = Pattern.compile("actium-(?:runs|exit (\\d{1,3}))");

    private final Consumer<String> listener;
    private final ReentrantLock lock = new ReentrantLock(); // guards lines, ran and exitCode
    private final Deque<String> lines = new ArrayDeque<>();
    private boolean ran;
    private OptionalInt exitCode = OptionalInt.empty();
    private final StringBuilder current = new StringBuilder(); // of the one thread that appends

    /** @param listener hears of every line when it is complete, on the thread that appends */
    LastLines(Consumer<String> listener) {
        this.listener = listener;
    }

    void append(char[] text, int length) {
        for (int i = 0; i < length; i++) {
            if (text[i] == '\n') {
                complete();
            } else if (current.length() < LONGEST && text[i] != '\r') {
                current.append(text[i]);
            }
        }
    }

    /** To be called at the end of the text, which may lack its last line end. */
    void end() {
        if (!current.isEmpty()) {
            complete();
        }
    }

    /** The lines kept, each after two blanks; empty if there are none. */
    String indented() {
        lock.lock();
        try {
            return lines.isEmpty() ? "" : "  " + String.join("\n  ", lines);
        } finally {
            lock.unlock();
        }
    }

    /** What a script of ours said that it ended with; such lines are not kept. */
    OptionalInt exitCode() {
        lock.lock();
        try {
            return exitCode;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a script of ours said that it runs what it is there for; such lines are not kept. */
    boolean ran() {
        lock.lock();
        try {
            return ran;
        } finally {
            lock.unlock();
        }
    }

    private void complete() {
        String line = current.toString();
        current.setLength(0);
        Matcher ours = OURS.matcher(line);
        lock.lock();
        try {
            if (ours.matches()) {
                ran |= ours.group(1) == null;
                exitCode = ours.group(1) == null ? exitCode : OptionalInt.of(Integer.parseInt(ours.group(1)));
                return;
            }
            if (lines.size() == KEPT) {
                lines.removeFirst();
            }
            lines.addLast(line);
        } finally {
            lock.unlock();
        }
        listener.accept(line);
    }
}
