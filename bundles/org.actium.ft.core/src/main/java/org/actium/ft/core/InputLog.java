package org.actium.ft.core;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actium.ft.core.protocol.Message;
import org.actium.ft.core.protocol.MessageId;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.core.protocol.Received;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogEntry;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/**
 * What an object has received, as its log has it: one entry for all that was written at once, under the number of the last of
 * them. Whoever sent or receives something there is named once.
 */
final class InputLog {

    private static final int FORMAT = 1;
    private static final int RECOVERABLE = 0;
    private static final int OUTSIDE = 1;
    private static final int REPLY = 0;
    private static final int REQUEST = 1;
    private static final int ONE_WAY = 2;

    /** Of a message without its content, about. */
    private static final int HEAD = 32;

    private InputLog() {}

    /** @param inputs at least one */
    static LogEntry entry(String object, List<Received> inputs) {
        return new LogEntry(Log.INPUT, object, inputs.getLast().number(), blob(inputs));
    }

    private static Blob blob(List<Received> inputs) {
        int size = inputs.stream()
                .mapToInt(input -> HEAD + content(input.message()).size())
                .sum();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(inputs.size());
            Writer writer = new Writer(out, new HashMap<>());
            for (Received input : inputs) {
                writer.write(input);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Blob.sharing(bytes.toByteArray());
    }

    private static Blob content(Message message) {
        return switch (message) {
            case Message.Request request -> request.content();
            case Message.Reply reply -> reply.content();
        };
    }

    /** @throws IllegalStateException if it is damaged */
    static List<Received> read(Blob entry) {
        try (DataInputStream in = new DataInputStream(entry.read())) {
            int format = in.readUnsignedByte();
            if (format != FORMAT) {
                throw new IOException("it has the format " + format + ", and not " + FORMAT);
            }
            Reader reader = new Reader(in, new ArrayList<>());
            List<Received> inputs = new ArrayList<>();
            int count = in.readInt();
            while (inputs.size() < count) {
                Received next = reader.received();
                if (!inputs.isEmpty() && next.number() != inputs.getLast().number() + 1) {
                    throw new IOException("input " + next.number() + " is behind "
                            + inputs.getLast().number());
                }
                inputs.add(next);
            }
            if (count < 1 || in.read() >= 0) {
                throw new IOException("it has not just the " + count + " inputs that it names");
            }
            return inputs;
        } catch (IOException | RuntimeException damaged) {
            throw new IllegalStateException("what the store keeps is no entry of a log: " + damaged, damaged);
        }
    }

    private record Writer(DataOutputStream out, Map<Party, Integer> known) {

        void write(Received input) throws IOException {
            out.writeLong(input.number());
            switch (input.message()) {
                case Message.Request request -> {
                    out.writeByte(request.oneWay() ? ONE_WAY : REQUEST);
                    write(request.id());
                    out.writeLong(request.after());
                    write(request.to());
                    write(request.content());
                }
                case Message.Reply reply -> {
                    out.writeByte(REPLY);
                    write(reply.id());
                    write(reply.from());
                    write(reply.content());
                }
            }
        }

        private void write(MessageId id) throws IOException {
            write(id.sender());
            out.writeLong(id.sequence());
        }

        private void write(Blob content) throws IOException {
            out.writeInt(content.size());
            content.writeTo(out);
        }

        private void write(Party party) throws IOException {
            Integer number = known.get(party);
            if (number != null) {
                out.writeInt(number);
                return;
            }
            out.writeInt(known.size());
            known.put(party, known.size());
            switch (party) {
                case Party.Recoverable(String id) -> {
                    out.writeByte(RECOVERABLE);
                    out.writeUTF(id);
                }
                case Party.Outside(RuntimeAddress home, String instance, String name) -> {
                    out.writeByte(OUTSIDE);
                    write(home);
                    out.writeUTF(instance);
                    out.writeUTF(name);
                }
            }
        }

        private void write(RuntimeAddress address) throws IOException {
            out.writeLong(address.id().high());
            out.writeLong(address.id().low());
            out.writeUTF(address.name());
            out.writeInt(address.endpoints().size());
            for (Endpoint endpoint : address.endpoints()) {
                out.writeUTF(endpoint.transport());
                out.writeUTF(endpoint.host());
                out.writeInt(endpoint.port());
            }
        }
    }

    private record Reader(DataInputStream in, List<Party> known) {

        Received received() throws IOException {
            long number = in.readLong();
            int kind = in.readUnsignedByte();
            MessageId id = new MessageId(party(), in.readLong());
            return new Received(
                    number,
                    switch (kind) {
                        case REPLY -> new Message.Reply(id, party(), content());
                        case REQUEST, ONE_WAY ->
                            new Message.Request(id, in.readLong(), party(), kind == ONE_WAY, content());
                        default -> throw new IOException("a message of kind " + kind);
                    });
        }

        private Blob content() throws IOException {
            int size = in.readInt();
            byte[] bytes = in.readNBytes(size);
            if (bytes.length < size) {
                throw new IOException("it ends within a message");
            }
            return Blob.sharing(bytes);
        }

        private Party party() throws IOException {
            int number = in.readInt();
            if (number == known.size()) {
                known.add(unknown());
            }
            return known.get(number);
        }

        private Party unknown() throws IOException {
            int kind = in.readUnsignedByte();
            return switch (kind) {
                case RECOVERABLE -> new Party.Recoverable(in.readUTF());
                case OUTSIDE -> new Party.Outside(address(), in.readUTF(), in.readUTF());
                default -> throw new IOException("somebody of kind " + kind);
            };
        }

        private RuntimeAddress address() throws IOException {
            RuntimeId id = new RuntimeId(in.readLong(), in.readLong());
            String name = in.readUTF();
            List<Endpoint> endpoints = new ArrayList<>();
            for (int missing = in.readInt(); missing > 0; missing--) {
                endpoints.add(new Endpoint(in.readUTF(), in.readUTF(), in.readInt()));
            }
            return new RuntimeAddress(id, name, endpoints);
        }
    }
}
