package org.actium.object.core;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What is left of a throwable where the throwable itself cannot be read: written beside it, by hand, because most are
 * never asked.
 */
record FailureReport(String description, StackTraceElement[] trace) {

    /** A line number, and the lengths of six texts. */
    private static final int LEAST_BYTES_OF_A_FRAME = 7 * Integer.BYTES;

    private static final int NONE = -1;

    static FailureReport of(Throwable failure) {
        return new FailureReport(Failures.describe(failure), Failures.trace(failure));
    }

    void writeTo(DataOutputStream out) throws IOException {
        write(out, description);
        out.writeInt(trace.length);
        for (StackTraceElement frame : trace) {
            write(out, frame.getClassLoaderName());
            write(out, frame.getModuleName());
            write(out, frame.getModuleVersion());
            write(out, frame.getClassName());
            write(out, frame.getMethodName());
            write(out, frame.getFileName());
            out.writeInt(frame.getLineNumber());
        }
    }

    static FailureReport read(DataInputStream in) throws IOException {
        String description = text(in);
        int count = in.readInt();
        if (count < 0 || count > in.available() / LEAST_BYTES_OF_A_FRAME) {
            throw new IOException("a failure claims to have " + count + " frames");
        }
        StackTraceElement[] trace = new StackTraceElement[count];
        for (int i = 0; i < count; i++) {
            trace[i] = new StackTraceElement(text(in), text(in), text(in), text(in), text(in), text(in), in.readInt());
        }
        return new FailureReport(description, trace);
    }

    /** Of any length, or {@code null}. */
    static void write(DataOutputStream out, String text) throws IOException {
        if (text == null) {
            out.writeInt(NONE);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == NONE) {
            return null;
        }
        if (length < 0 || length > in.available()) {
            throw new IOException("a text in a failure claims " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
