package org.actium.object.core;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;
import org.actium.codec.api.SentClasses;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.CallRefusedException;

/**
 * Arguments and outcomes as bytes. An outcome begins with 1 for a value, 0 for a failure; a failure is a report that can
 * always be read, then the throwable itself if it can be written.
 */
final class Values {

    private static final int FAILURE = 0;
    private static final byte[] VALUE = {1};

    private final ObjectSpace space;
    private final Codec codec;

    Values(ObjectSpace space, Codec codec) {
        this.space = space;
        this.codec = codec;
    }

    /** @param memory as {@link Codec#encode(Object, org.actium.codec.api.Substitution, SentClasses, IntFunction)} */
    Payload encode(Object[] values, References references, SentClasses told, IntFunction<byte[]> memory) {
        return new Payload(codec.encode(values, references, told, memory));
    }

    /** @param call for messages */
    Payload encode(Outcome outcome, References references, SentClasses told, Object call) {
        return encode(outcome, references, told, byte[]::new, call);
    }

    /**
     * @param memory as the first
     * @param call for messages
     */
    Payload encode(Outcome outcome, References references, SentClasses told, IntFunction<byte[]> memory, Object call) {
        return switch (outcome) {
            case Outcome.Value(Object value) -> {
                try {
                    yield new Payload(VALUE, codec.encode(value, references, told, memory));
                } catch (RuntimeException | Error notSerializable) {
                    references.forgetFutures();
                    CallRefusedException why = Failures.notPassedOn(call, notSerializable);
                    yield encode(new Outcome.Failure(why), references, told, call);
                }
            }
            case Outcome.Failure(Throwable cause) -> encode(cause, references, told);
        };
    }

    /** A report, whether the throwable itself follows, and then either that or why it does not. */
    private Payload encode(Throwable cause, References references, SentClasses told) {
        ByteArrayOutputStream head = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(head)) {
            out.writeByte(FAILURE);
            FailureReport.of(cause).writeTo(out);
            try {
                ByteBuffer itself = codec.encode(cause, references, told);
                out.writeBoolean(true);
                return new Payload(head.toByteArray(), itself);
            } catch (RuntimeException | Error notSerializable) {
                references.forgetFutures();
                out.writeBoolean(false);
                FailureReport.write(out, String.valueOf(notSerializable.getMessage()));
                return new Payload(head.toByteArray(), ByteBuffer.allocate(0));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** @param call for messages */
    Outcome decode(
            ByteBuffer bytes, ClassScope scope, List<PendingOutcome> futures, ReceivedClasses known, Object call) {
        ByteBuffer in = bytes.duplicate();
        try {
            if (in.get() == VALUE[0]) {
                return new Outcome.Value(codec.decode(in, scope, References.incoming(space, futures), known));
            }
            return new Outcome.Failure(decodeThrowable(in, scope, futures, known, call));
        } catch (IOException | RuntimeException | Error unreadable) {
            return new Outcome.Failure(new CallRefusedException(
                    call + " was served, but its result cannot be read here: " + unreadable.getMessage(), unreadable));
        }
    }

    private Throwable decodeThrowable(
            ByteBuffer bytes, ClassScope scope, List<PendingOutcome> futures, ReceivedClasses known, Object call)
            throws IOException {
        DataInputStream in = Frames.open(bytes);
        FailureReport report = FailureReport.read(in);
        if (!in.readBoolean()) {
            return Failures.standIn(report, call, FailureReport.text(in));
        }
        try {
            return (Throwable) codec.decode(bytes, scope, References.incoming(space, futures), known);
        } catch (CodecException unreadable) {
            return Failures.standIn(report, call, unreadable.getMessage());
        }
    }

    Object read(ByteBuffer values, ClassScope scope, List<PendingOutcome> futures, ReceivedClasses known) {
        return codec.decode(values.duplicate(), scope, References.incoming(space, futures), known);
    }

    /** For what the two ends of each link tell each other. */
    Codec codec() {
        return codec;
    }
}
