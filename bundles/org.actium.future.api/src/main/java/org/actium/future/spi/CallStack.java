package org.actium.future.spi;

import java.util.Arrays;
import java.util.stream.Stream;

/** Joins the stack of an active object with that of its caller. */
final class CallStack {

    private static final String BORDER = "called";

    private CallStack() {}

    /**
     * The frames there are, a frame that names the call, the frames of this thread. What was joined for the same call
     * before is replaced; calls on the way here stay.
     */
    static StackTraceElement[] joined(StackTraceElement[] remote, String call) {
        return Stream.of(
                        Arrays.stream(remote).takeWhile(frame -> !isBorder(frame, call)),
                        Stream.of(new StackTraceElement(BORDER, "through", call, -1)),
                        Arrays.stream(Thread.currentThread().getStackTrace())
                                .skip(1)
                                .filter(CallStack::isOfUser))
                .flatMap(frames -> frames)
                .toArray(StackTraceElement[]::new);
    }

    private static boolean isBorder(StackTraceElement frame, String call) {
        return frame.getClassName().equals(BORDER)
                && frame.getMethodName().equals("through")
                && call.equals(frame.getFileName());
    }

    private static boolean isOfUser(StackTraceElement frame) {
        return !frame.getClassName().startsWith("org.actium.object.core.")
                && !frame.getClassName().startsWith("org.actium.object.stubs.")
                && !frame.getClassName().startsWith("org.actium.future.")
                && !frame.getClassName().startsWith("java.lang.invoke.");
    }
}
