package org.actium.object.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.actium.future.spi.Outcome;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.runtime.api.Node;

/**
 * Sends the stack of the caller with each request, and below it those of the callers before: what the request throws then
 * shows how it came to be. Costs a walk of the stack and some kilobytes for each request.
 */
final class CallerStacks implements MessageInterceptor {

    /** Property of the node of the caller: {@code true} if its requests carry stacks. */
    static final String PROPERTY = "actium.calls.callerStacks";

    private static final String KEY = "actium.callers";
    private static final int MAX_FRAMES = 256;

    private final ThreadLocal<Deque<RequestView>> served = ThreadLocal.withInitial(ArrayDeque::new);

    static boolean areWanted(Node node) {
        return node.property(PROPERTY).filter("true"::equals).isPresent();
    }

    @Override
    public void serving(RequestView request) {
        served.get().push(request);
    }

    @Override
    public void served(RequestView request, boolean normally) {
        served.get().poll();
    }

    @Override
    public void departing(RequestView request) {
        Stream<StackTraceElement> mine =
                Arrays.stream(Thread.currentThread().getStackTrace()).skip(1).filter(CallerStacks::isOfUser);
        Stream<StackTraceElement> before =
                Optional.ofNullable(served.get().peek()).stream().flatMap(cause -> framesOf(cause).stream());
        String method = request.signature().substring(0, request.signature().indexOf('('));
        request.attach(
                KEY,
                encode(Stream.of(Stream.of(new StackTraceElement("called", "from", method, -1)), mine, before)
                        .flatMap(frames -> frames)
                        .limit(MAX_FRAMES)
                        .toList()));
    }

    private static boolean isOfUser(StackTraceElement frame) {
        return !frame.getClassName().startsWith("org.actium.object.core.")
                && !frame.getClassName().startsWith("org.actium.object.api.")
                && !frame.getClassName().startsWith("java.lang.")
                && !frame.getClassName().startsWith("jdk.internal.");
    }

    /**
     * Puts the frames that came with the request below those of what it threw: of the very throwable, whose own stack an
     * object sees so that keeps it.
     */
    static void extend(Outcome outcome, RequestView request) {
        List<StackTraceElement> callers = framesOf(request);
        if (!callers.isEmpty() && outcome instanceof Outcome.Failure(Throwable cause)) {
            List<StackTraceElement> trace = Arrays.asList(Failures.trace(cause));
            if (Collections.indexOfSubList(trace, callers) < 0) { // else it was thrown through another object
                cause.setStackTrace(Stream.concat(withoutEarlier(trace, callers.getFirst()), callers.stream())
                        .toArray(StackTraceElement[]::new));
            }
        }
    }

    /** One that is kept and thrown again shows its last caller only: else it would grow with each of them. */
    private static Stream<StackTraceElement> withoutEarlier(List<StackTraceElement> trace, StackTraceElement border) {
        return trace.stream().takeWhile(frame -> !frame.equals(border));
    }

    private static byte[] encode(List<StackTraceElement> frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(frames.size());
            for (StackTraceElement frame : frames) {
                out.writeUTF(frame.getClassName());
                out.writeUTF(frame.getMethodName());
                out.writeUTF(frame.getFileName() == null ? "" : frame.getFileName());
                out.writeInt(frame.getLineNumber());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static List<StackTraceElement> framesOf(RequestView request) {
        Optional<byte[]> carried = request.attachment(KEY);
        if (carried.isEmpty()) {
            return List.of();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(carried.get()))) {
            List<StackTraceElement> frames = new ArrayList<>();
            for (int count = Math.min(in.readInt(), MAX_FRAMES); count > 0; count--) {
                String type = in.readUTF();
                String method = in.readUTF();
                String file = in.readUTF();
                frames.add(new StackTraceElement(type, method, file.isEmpty() ? null : file, in.readInt()));
            }
            return frames;
        } catch (IOException damaged) {
            return List.of(); // it is an aid and must not keep anybody from the exception itself
        }
    }
}
