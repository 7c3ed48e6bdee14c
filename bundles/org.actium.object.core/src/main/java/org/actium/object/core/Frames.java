package org.actium.object.core;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.runtime.api.RuntimeId;

/** The parts of a message on the channel {@code OBJECTS}, as bytes. */
final class Frames {

    /** First byte of a message. The position is on the wire: append only. */
    enum Kind {
        REQUEST,
        REPLY,
        ACKNOWLEDGEMENTS,
        CREATION,
        TERMINATION,
        FUTURE_VALUE,
        WAITS,
        INTERRUPTION,
        PING,
        LISTING,
        REFUSAL
    }

    private static final Kind[] KINDS = Kind.values();

    private Frames() {}

    /**
     * A future in a message, whose value follows later.
     *
     * @param number by which the sender tells its value
     * @param producer who produces it, if the sender knows
     */
    record Future(long number, String call, Optional<BodyId> producer) {}

    /** What comes after the kind. */
    @FunctionalInterface
    interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    /** @throws org.actium.remote.api.LinkClosedException if the link is closed */
    static void send(Link link, Kind kind, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind.ordinal());
            content.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        link.send(Channel.OBJECTS, ByteBuffer.wrap(bytes.toByteArray()));
    }

    static DataInputStream open(ByteBuffer frame) {
        return new DataInputStream(new Remaining(frame)) {
            /** In one piece: the JDK, which does not know how much there is, begins with 16 KiB. */
            @Override
            public byte[] readAllBytes() throws IOException {
                byte[] all = new byte[available()];
                readFully(all);
                return all;
            }
        };
    }

    static Kind readKind(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        if (kind >= KINDS.length) {
            throw new IOException("kind " + kind + " is unknown");
        }
        return KINDS[kind];
    }

    static void write(DataOutputStream out, BodyId id) throws IOException {
        out.writeLong(id.birthplace().high());
        out.writeLong(id.birthplace().low());
        out.writeLong(id.number());
    }

    static BodyId readId(DataInputStream in) throws IOException {
        return new BodyId(new RuntimeId(in.readLong(), in.readLong()), in.readLong());
    }

    static void write(DataOutputStream out, Map<String, byte[]> attachments) throws IOException {
        out.writeByte(attachments.size());
        for (Map.Entry<String, byte[]> attachment : attachments.entrySet()) {
            out.writeUTF(attachment.getKey());
            out.writeInt(attachment.getValue().length);
            out.write(attachment.getValue());
        }
    }

    static Map<String, byte[]> readAttachments(DataInputStream in) throws IOException {
        Map<String, byte[]> attachments = new HashMap<>();
        for (int count = in.readUnsignedByte(); count > 0; count--) {
            String key = in.readUTF();
            int length = in.readInt();
            if (length < 0 || length > in.available()) {
                throw new IOException("attachment '" + key + "' claims " + length + " bytes");
            }
            attachments.put(key, in.readNBytes(length));
        }
        return attachments;
    }

    static void write(DataOutputStream out, List<Long> numbers) throws IOException {
        out.writeInt(numbers.size());
        for (long number : numbers) {
            out.writeLong(number);
        }
    }

    static void writeFutures(DataOutputStream out, List<Future> futures) throws IOException {
        out.writeInt(futures.size());
        for (Future future : futures) {
            out.writeLong(future.number());
            out.writeUTF(future.call());
            write(out, future.producer());
        }
    }

    static List<Future> readFutures(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available() / Long.BYTES) {
            throw new IOException(count + " futures are announced, but there are " + in.available() + " bytes");
        }
        List<Future> futures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            futures.add(new Future(in.readLong(), in.readUTF(), readOptionalId(in)));
        }
        return futures;
    }

    static void write(DataOutputStream out, Optional<BodyId> id) throws IOException {
        out.writeBoolean(id.isPresent());
        if (id.isPresent()) {
            write(out, id.get());
        }
    }

    static Optional<BodyId> readOptionalId(DataInputStream in) throws IOException {
        return in.readBoolean() ? Optional.of(readId(in)) : Optional.empty();
    }

    static List<Long> readNumbers(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > in.available() / Long.BYTES) {
            throw new IOException(count + " numbers are announced, but there are " + in.available() + " bytes");
        }
        List<Long> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(in.readLong());
        }
        return numbers;
    }

    /** The rest of a buffer as a stream. */
    private static final class Remaining extends InputStream {
        private final ByteBuffer buffer;

        Remaining(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public int available() {
            return buffer.remaining();
        }

        @Override
        public int read() {
            return buffer.hasRemaining() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!buffer.hasRemaining()) {
                return -1;
            }
            int count = Math.min(length, buffer.remaining());
            buffer.get(into, offset, count);
            return count;
        }
    }
}
