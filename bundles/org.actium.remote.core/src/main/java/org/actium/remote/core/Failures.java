package org.actium.remote.core;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.Substitution;
import org.actium.remote.api.RemoteFailureException;

/**
 * Exceptions on their way to a caller. Each travels twice: as the object it is, if it is serializable, and in words,
 * for a caller that does not know its class.
 */
final class Failures {

    private static final int MAX_STACK = 200;

    private final Codec codec;

    Failures(Codec codec) {
        this.codec = codec;
    }

    void write(Throwable failure, FrameBuilder frame) {
        frame.putText(failure.getClass().getName()).putText(String.valueOf(failure.getMessage()));
        StackTraceElement[] stack = failure.getStackTrace();
        int depth = Math.min(stack.length, MAX_STACK);
        frame.putInt(depth);
        for (int i = 0; i < depth; i++) {
            StackTraceElement element = stack[i];
            frame.putText(element.getClassName())
                    .putText(element.getMethodName())
                    .putText(String.valueOf(element.getFileName()))
                    .putInt(element.getLineNumber());
        }
        try {
            FrameBuilder object = new FrameBuilder(1024);
            codec.write(failure, object, Substitution.NONE);
            frame.putBytes(object.toFrame());
        } catch (CodecException notSerializable) {
            // the words must do
        }
    }

    /** What to throw at the caller: the exception with the stack of the caller below its own. */
    Throwable read(ByteBuffer frame, ClassScope scope, String call) {
        String className = FrameReader.text(frame);
        String message = FrameReader.text(frame);
        int depth = frame.getInt();
        if (depth < 0 || depth > MAX_STACK) {
            throw new IllegalArgumentException("a stack of " + depth + " elements");
        }
        StackTraceElement[] stack = new StackTraceElement[depth];
        for (int i = 0; i < stack.length; i++) {
            stack[i] = new StackTraceElement(
                    FrameReader.text(frame), FrameReader.text(frame), FrameReader.text(frame), frame.getInt());
        }
        byte[] object = FrameReader.rest(frame);
        Throwable failure = object.length == 0 ? null : readObject(object, scope);
        if (failure == null) {
            failure = new RemoteFailureException(className, className + ": " + message);
            failure.setStackTrace(stack);
        }
        appendCaller(failure, call);
        return failure;
    }

    private Throwable readObject(byte[] object, ClassScope scope) {
        try {
            return codec.read(new ByteArrayInputStream(object), scope, Substitution.NONE) instanceof Throwable read
                    ? read
                    : null;
        } catch (CodecException unknownHere) {
            return null;
        }
    }

    private static void appendCaller(Throwable failure, String call) {
        List<StackTraceElement> both = new ArrayList<>(Arrays.asList(failure.getStackTrace()));
        both.add(new StackTraceElement("remote call", call, null, -1));
        Arrays.stream(new Throwable().getStackTrace())
                .dropWhile(element -> !element.getClassName().equals(RemoteCalls.class.getName()))
                .skip(1)
                .forEach(both::add);
        failure.setStackTrace(both.toArray(StackTraceElement[]::new));
    }
}
