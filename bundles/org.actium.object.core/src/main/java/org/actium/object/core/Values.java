package org.actium.object.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.future.spi.Outcome;
import org.actium.future.spi.PendingOutcome;
import org.actium.object.api.CallRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Arguments and outcomes as bytes. An outcome begins with 1 for a value, 0 for a failure; a failure is a report that can
 * always be read, then the throwable itself if it can be written.
 */
final class Values {

    private static final Logger LOG = LoggerFactory.getLogger(Values.class);

    private final ObjectSpace space;
    private final Codec codec;

    Values(ObjectSpace space, Codec codec) {
        this.space = space;
        this.codec = codec;
    }

    byte[] encode(Object[] values, References references, String what) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            codec.write(values, bytes, references);
        } catch (CodecException notSerializable) {
            throw new CodecException(what + ": " + notSerializable.getMessage(), notSerializable);
        }
        return bytes.toByteArray();
    }

    byte[] encode(Outcome outcome, References references) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        switch (outcome) {
            case Outcome.Value(Object value) -> {
                bytes.write(1);
                try {
                    codec.write(value, bytes, references);
                } catch (RuntimeException | Error notSerializable) {
                    references.futures().clear();
                    return encode(
                            new Outcome.Failure(new CallRefusedException(
                                    "the result cannot be passed on: " + notSerializable.getMessage())),
                            references);
                }
            }
            case Outcome.Failure(Throwable cause) -> {
                bytes.write(0);
                write(FailureReport.of(cause), bytes);
                bytes.writeBytes(encodeThrowable(cause, references));
            }
        }
        return bytes.toByteArray();
    }

    private static void write(FailureReport report, ByteArrayOutputStream bytes) {
        try {
            report.writeTo(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The throwable itself, or nothing if it cannot be written: the report before it then speaks for it. */
    private byte[] encodeThrowable(Throwable cause, References references) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try {
            codec.write(cause, bytes, references);
            return bytes.toByteArray();
        } catch (RuntimeException | Error notSerializable) {
            LOG.debug(
                    "{} is not serializable: its description is passed on instead", cause.getClass(), notSerializable);
            references.futures().clear();
            return new byte[0];
        }
    }

    Outcome decode(byte[] bytes, ClassScope scope, List<PendingOutcome> futures) {
        InputStream in = new ByteArrayInputStream(bytes);
        try {
            if (in.read() == 1) {
                return new Outcome.Value(codec.read(in, scope, References.incoming(space, futures)));
            }
            return new Outcome.Failure(decodeThrowable(in, scope, futures));
        } catch (IOException | RuntimeException | Error unreadable) {
            return new Outcome.Failure(new CallRefusedException(
                    "the result was served but cannot be read here: " + unreadable.getMessage(), unreadable));
        }
    }

    private Throwable decodeThrowable(InputStream in, ClassScope scope, List<PendingOutcome> futures)
            throws IOException {
        FailureReport report = FailureReport.read(new DataInputStream(in));
        if (in.available() == 0) {
            return Failures.standIn(report.description(), report.trace(), "it is not serializable");
        }
        try {
            return (Throwable) codec.read(in, scope, References.incoming(space, futures));
        } catch (CodecException unreadable) {
            return Failures.standIn(report.description(), report.trace(), unreadable.getMessage());
        }
    }

    Object read(byte[] values, ClassScope scope, List<PendingOutcome> futures) {
        return codec.read(new ByteArrayInputStream(values), scope, References.incoming(space, futures));
    }
}
