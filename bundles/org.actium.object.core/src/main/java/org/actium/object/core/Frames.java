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
import org.actium.object.spi.Marks;
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
        REFUSAL,
        ENDED,
        DEFINITION
    }

    private static final Kind[] KINDS = Kind.values();

    /** What most messages have before their values. */
    private static final int HEAD_BYTES = 64;

    private Frames() {}

    /**
     * A future in a message, whose value follows later.
     *
     * @param number by which the sender tells its value
     * @param id the same for all who hold it, for people
     * @param producer who produces it, if the sender knows
     */
    record Future(long number, FutureId id, String call, Optional<BodyId> producer) {}

    /** How soon a message has to leave. */
    enum Haste {
        /** The sender may be about to wait for what comes of it. */
        NOW,
        /** Nobody waits for it, and more may follow. */
        SOON
    }

    /** What comes after the kind. */
    @FunctionalInterface
    interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    /** @throws org.actium.remote.api.LinkClosedException if the link is closed */
    static void send(Link link, Kind kind, Content content) {
        send(link, kind, Haste.NOW, content, Payload.NONE);
    }

    /** @param values what comes behind the content, for this message only */
    static void send(Link link, Kind kind, Haste haste, Content content, Payload values) {
        ByteBuffer message = encode(kind, content, values);
        switch (haste) {
            case NOW -> link.send(Channel.OBJECTS, message);
            case SOON -> link.sendSoon(Channel.OBJECTS, message);
        }
    }

    private static ByteBuffer encode(Kind kind, Content content, Payload values) {
        Frame bytes = new Frame(HEAD_BYTES);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind.ordinal());
            content.writeTo(out);
            out.write(values.head());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return values.behind(bytes.toBuffer());
    }

    /** A message that is being read. */
    static final class Opened extends DataInputStream {
        private final ByteBuffer frame;
        private final boolean owned;

        private Opened(ByteBuffer frame, boolean owned) {
            super(new Remaining(frame));
            this.frame = frame;
            this.owned = owned;
        }

        /** Whether what is left is part of the frame, which nobody else has. */
        boolean isOwned() {
            return owned;
        }

        /** What is left, for whoever reads it later. */
        ByteBuffer rest() throws IOException {
            return owned ? frame.slice() : ByteBuffer.wrap(readAllBytes());
        }

        /** In one piece: the JDK, which does not know how much there is, begins with 16 KiB. */
        @Override
        public byte[] readAllBytes() throws IOException {
            byte[] all = new byte[available()];
            readFully(all);
            return all;
        }
    }

    static Opened open(ByteBuffer frame) {
        return new Opened(frame, false);
    }

    /** One that nobody else has: what is left of it need not be copied. */
    static Opened openOwn(ByteBuffer frame) {
        return new Opened(frame, true);
    }

    /** In as many bytes as it needs, seven bits in each, the lowest first; not negative. */
    static void writeNumber(DataOutputStream out, long value) throws IOException {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.writeByte((int) (left | 0x80));
            left >>>= 7;
        }
        out.writeByte((int) left);
    }

    static long readNumber(DataInputStream in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int part = in.readUnsignedByte();
            value |= (part & 0x7fL) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw new IOException("a number has more than 64 bits");
    }

    /** A number that counts something of which there are so many at most. */
    static int readCount(DataInputStream in, int most) throws IOException {
        long count = readNumber(in);
        if (count < 0 || count > most) {
            throw new IOException(count + " are announced, but there is room for " + most);
        }
        return (int) count;
    }

    static Kind readKind(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        if (kind >= KINDS.length) {
            throw new IOException("kind " + kind + " is unknown");
        }
        return KINDS[kind];
    }

    static void write(DataOutputStream out, BodyId id) throws IOException {
        write(out, id.birthplace());
        out.writeLong(id.number());
    }

    static void write(DataOutputStream out, RuntimeId id) throws IOException {
        out.writeLong(id.high());
        out.writeLong(id.low());
    }

    static BodyId readId(DataInputStream in) throws IOException {
        return new BodyId(readRuntimeId(in), in.readLong());
    }

    static RuntimeId readRuntimeId(DataInputStream in) throws IOException {
        return new RuntimeId(in.readLong(), in.readLong());
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

    static void write(DataOutputStream out, Marks marks) throws IOException {
        writeNumber(out, marks.incarnation());
        writeNumber(out, marks.epoch());
    }

    static Marks readMarks(DataInputStream in) throws IOException {
        long incarnation = readNumber(in);
        long epoch = readNumber(in);
        if (incarnation < 0 || epoch < 0) {
            throw new IOException("incarnation " + incarnation + ", epoch " + epoch);
        }
        return new Marks(incarnation, epoch);
    }

    static void write(DataOutputStream out, List<Long> numbers) throws IOException {
        writeNumber(out, numbers.size());
        for (long number : numbers) {
            writeNumber(out, number);
        }
    }

    static void writeFutures(DataOutputStream out, List<Future> futures) throws IOException {
        writeNumber(out, futures.size());
        for (Future future : futures) {
            out.writeLong(future.number());
            write(out, future.id().birthplace());
            out.writeLong(future.id().number());
            out.writeUTF(future.call());
            write(out, future.producer());
        }
    }

    static List<Future> readFutures(DataInputStream in) throws IOException {
        int count = readCount(in, in.available() / Long.BYTES);
        List<Future> futures = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            futures.add(new Future(
                    in.readLong(), new FutureId(readRuntimeId(in), in.readLong()), in.readUTF(), readOptionalId(in)));
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
        int count = readCount(in, in.available());
        List<Long> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(readNumber(in));
        }
        return numbers;
    }

    /** A message in the making. */
    private static final class Frame extends ByteArrayOutputStream {

        Frame(int expectedSize) {
            super(expectedSize);
        }

        /** Without a copy: nothing may be written afterwards. */
        ByteBuffer toBuffer() {
            return ByteBuffer.wrap(buf, 0, count);
        }
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
