package org.actium.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/**
 * One user at one end of a connection: a prompt, a line, what came of it, and so on until {@code exit} or the end of
 * the input. Whatever a command throws is shown as its message and ends the command only.
 *
 * <p>A first line that begins with {@link #ONCE} is the only one: what comes of it is followed by one byte, 0 if the
 * command succeeded, 1 if it failed, instead of another prompt.
 */
final class ConsoleSession {

    static final String PROMPT = "actium> ";

    /** Control character "start of heading"; nobody types it. */
    static final String ONCE = "\u0001";

    private final CommandProcessor processor;
    private final BufferedReader in;
    private final UntilTheEnd end;
    private final PrintStream out;

    ConsoleSession(CommandProcessor processor, InputStream in, OutputStream out) {
        this.processor = processor;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.end = new UntilTheEnd(out);
        this.out = new PrintStream(end, true, StandardCharsets.UTF_8);
    }

    /** Returns when the user has left. */
    void run() throws IOException {
        // the lines are read here, so a command that wants input finds none
        try (CommandSession session = processor.createSession(InputStream.nullInputStream(), out, out)) {
            String line = ask();
            if (line != null && line.startsWith(ONCE)) {
                boolean succeeded = execute(session, line.substring(ONCE.length()));
                out.flush();
                end.with(succeeded ? 0 : 1);
                return;
            }
            for (; line != null && !line.equals("exit"); line = ask()) {
                if (!line.isEmpty()) {
                    execute(session, line);
                }
            }
        }
    }

    private String ask() throws IOException {
        out.print(PROMPT);
        out.flush();
        String line = in.readLine();
        return line == null ? null : line.strip();
    }

    /** @return whether the command succeeded */
    private boolean execute(CommandSession session, String line) {
        try {
            Object result = session.execute(line);
            if (result != null) {
                out.println(session.format(result, Converter.INSPECT));
            }
            return true;
        } catch (Exception | LinkageError | StackOverflowError failed) { // of the command, not of this session
            out.println(shown(failed));
            return false;
        }
    }

    private static String shown(Throwable failed) {
        if (failed instanceof InvocationTargetException && failed.getCause() != null) {
            return shown(failed.getCause()); // so the processor passes on errors
        }
        return failed instanceof Error || failed.getMessage() == null ? failed.toString() : failed.getMessage();
    }
}
