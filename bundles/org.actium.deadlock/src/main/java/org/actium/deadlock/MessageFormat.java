package org.actium.deadlock;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.deadlock.api.Deadlock;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;

/** Messages as bytes: one byte for the kind, by its position in {@link Kind}, then the parts in their order. */
final class MessageFormat {

    private static final Kind[] KINDS = Kind.values();

    private MessageFormat() {}

    /** On the wire: append only. */
    private enum Kind {
        FOLLOW,
        ASK,
        WAITS,
        PASS,
        CONFIRM
    }

    static ByteBuffer write(Message message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            new Writer(out).write(message);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    /** @throws UncheckedIOException if this is not what {@link #write} writes */
    static Message read(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new Reader(in).message();
        } catch (IOException damaged) {
            throw new UncheckedIOException("a message of the deadlock detection is damaged", damaged);
        }
    }

    private record Writer(DataOutputStream out) {

        void write(Message message) throws IOException {
            switch (message) {
                case Message.Follow(Probe probe, long future) -> {
                    out.writeByte(Kind.FOLLOW.ordinal());
                    write(probe);
                    out.writeLong(future);
                }
                case Message.Ask(Probe probe, Edge edge) -> {
                    out.writeByte(Kind.ASK.ordinal());
                    write(probe);
                    write(edge);
                }
                case Message.Waits(Probe probe, Edge edge, WaitId id) -> {
                    out.writeByte(Kind.WAITS.ordinal());
                    write(probe);
                    write(edge);
                    write(id);
                }
                case Message.Pass(Probe probe, WaitId id) -> {
                    out.writeByte(Kind.PASS.ordinal());
                    write(probe);
                    write(id);
                }
                case Message.Confirm(List<WaitId> circle) -> {
                    out.writeByte(Kind.CONFIRM.ordinal());
                    write(circle);
                }
            }
        }

        private void write(Probe probe) throws IOException {
            out.writeInt(probe.path().size());
            for (Hop hop : probe.path()) {
                write(hop);
            }
            write(probe.expected());
            out.writeInt(probe.futures());
        }

        private void write(Hop hop) throws IOException {
            write(hop.id());
            write(hop.home());
            out.writeBoolean(hop.canFail());
            out.writeBoolean(hop.member().isPresent());
            if (hop.member().isPresent()) {
                Deadlock.Member member = hop.member().get();
                out.writeUTF(member.name());
                out.writeUTF(member.runtime());
                out.writeUTF(member.serving());
                out.writeUTF(member.awaits());
                out.writeUTF(member.future());
                out.writeUTF(member.place());
            }
        }

        private void write(Edge edge) throws IOException {
            switch (edge.from()) {
                case Edge.Start.OfWait() -> out.writeBoolean(false);
                case Edge.Start.OfFuture(RuntimeId holder, long number) -> {
                    out.writeBoolean(true);
                    write(holder);
                    out.writeLong(number);
                }
            }
            write(edge.to());
            switch (edge.part()) {
                case Edge.Part.Answer(String signature, long call) -> {
                    out.writeBoolean(false);
                    out.writeUTF(signature);
                    out.writeLong(call);
                }
                case Edge.Part.MakeRoom(BodyId sender, long sequence) -> {
                    out.writeBoolean(true);
                    write(sender);
                    out.writeLong(sequence);
                }
            }
        }

        private void write(List<WaitId> ids) throws IOException {
            out.writeInt(ids.size());
            for (WaitId id : ids) {
                write(id);
            }
        }

        private void write(WaitId id) throws IOException {
            write(id.waiting());
            out.writeLong(id.number());
        }

        private void write(BodyId id) throws IOException {
            write(id.birthplace());
            out.writeLong(id.number());
        }

        private void write(RuntimeId id) throws IOException {
            out.writeLong(id.high());
            out.writeLong(id.low());
        }

        private void write(RuntimeAddress address) throws IOException {
            write(address.id());
            out.writeUTF(address.name());
            out.writeByte(address.endpoints().size());
            for (Endpoint endpoint : address.endpoints()) {
                out.writeUTF(endpoint.transport());
                out.writeUTF(endpoint.host());
                out.writeInt(endpoint.port());
            }
        }
    }

    private record Reader(DataInputStream in) {

        Message message() throws IOException {
            int kind = in.readUnsignedByte();
            if (kind >= KINDS.length) {
                throw new IOException("kind " + kind + " is unknown");
            }
            return switch (KINDS[kind]) {
                case FOLLOW -> new Message.Follow(probe(), in.readLong());
                case ASK -> new Message.Ask(probe(), edge());
                case WAITS -> new Message.Waits(probe(), edge(), waitId());
                case PASS -> new Message.Pass(probe(), waitId());
                case CONFIRM -> new Message.Confirm(waitIds());
            };
        }

        private Probe probe() throws IOException {
            List<Hop> path = new ArrayList<>();
            for (int count = count(); count > 0; count--) {
                path.add(hop());
            }
            if (path.isEmpty()) {
                throw new IOException("a probe came from nowhere");
            }
            return new Probe(path, waitIds(), in.readInt());
        }

        private Hop hop() throws IOException {
            WaitId id = waitId();
            return new Hop(
                    id,
                    address(),
                    in.readBoolean(),
                    in.readBoolean() ? Optional.of(member(id.waiting())) : Optional.empty());
        }

        private Deadlock.Member member(BodyId id) throws IOException {
            return new Deadlock.Member(
                    id, in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
        }

        private Edge edge() throws IOException {
            Edge.Start from =
                    in.readBoolean() ? new Edge.Start.OfFuture(runtimeId(), in.readLong()) : new Edge.Start.OfWait();
            BodyId to = bodyId();
            Edge.Part part = in.readBoolean()
                    ? new Edge.Part.MakeRoom(bodyId(), in.readLong())
                    : new Edge.Part.Answer(in.readUTF(), in.readLong());
            return new Edge(from, to, part);
        }

        private List<WaitId> waitIds() throws IOException {
            List<WaitId> ids = new ArrayList<>();
            for (int count = count(); count > 0; count--) {
                ids.add(waitId());
            }
            return ids;
        }

        private int count() throws IOException {
            int count = in.readInt();
            if (count < 0 || count > in.available()) {
                throw new IOException(count + " waits are announced, but there are " + in.available() + " bytes");
            }
            return count;
        }

        private WaitId waitId() throws IOException {
            return new WaitId(bodyId(), in.readLong());
        }

        private BodyId bodyId() throws IOException {
            return new BodyId(runtimeId(), in.readLong());
        }

        private RuntimeId runtimeId() throws IOException {
            return new RuntimeId(in.readLong(), in.readLong());
        }

        private RuntimeAddress address() throws IOException {
            RuntimeId id = runtimeId();
            String name = in.readUTF();
            List<Endpoint> endpoints = new ArrayList<>();
            for (int count = in.readUnsignedByte(); count > 0; count--) {
                endpoints.add(new Endpoint(in.readUTF(), in.readUTF(), in.readInt()));
            }
            return new RuntimeAddress(id, name, endpoints);
        }
    }
}
