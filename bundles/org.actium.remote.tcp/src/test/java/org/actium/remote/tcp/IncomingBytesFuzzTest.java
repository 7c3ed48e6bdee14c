package org.actium.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * Bytes as a socket brings them, below all frames: prefixes and lengths that are wrong, frames that are cut, in pieces of any
 * size. What comes before the first nonsense is handed over as it was sent, nothing behind it is, and memory is taken for what
 * has come only. {@code -Dactium.seed} takes other ones.
 */
public class IncomingBytesFuzzTest {

    private static final int STREAMS = 20_000;
    private static final int FRAMES_OF_A_STREAM = 60;
    private static final int CONNECTIONS = 400;
    private static final int CAPACITY = 64 << 10;
    private static final List<Integer> LENGTHS = List.of(
            0,
            1,
            4,
            8 << 10,
            (8 << 10) + 1,
            64 << 10,
            64 << 20,
            (64 << 20) + 1,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            -1);

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    private final long seed = Long.getLong("actium.seed", 20_305);
    private final Random random = new Random(seed);

    /** @param broken whether there is nonsense behind the frames */
    private record Meaning(List<byte[]> frames, boolean broken) {

        /** What bytes of the side that dials say, byte by byte. */
        static Meaning of(byte[] bytes, int maxFrameBytes) {
            List<byte[]> frames = new ArrayList<>();
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            if (rest.remaining() < 4) {
                return new Meaning(frames, false);
            }
            if (rest.getInt() != 0x41435401) {
                return new Meaning(frames, true);
            }
            while (rest.remaining() >= 4) {
                int length = rest.getInt();
                if (length < 0 || length > maxFrameBytes) {
                    return new Meaning(frames, true);
                }
                if (length > rest.remaining()) {
                    break;
                }
                byte[] frame = new byte[length];
                rest.get(frame);
                frames.add(frame);
            }
            return new Meaning(frames, false);
        }
    }

    private byte[] stream() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {'A', 'C', 'T', 1});
        for (int left = random.nextInt(2 * FRAMES_OF_A_STREAM); left > 0; left--) {
            byte[] frame = new byte[random.nextInt(100) == 0 ? random.nextInt(200_000) : random.nextInt(40)];
            random.nextBytes(frame);
            int length = random.nextInt(400) == 0 ? LENGTHS.get(random.nextInt(LENGTHS.size())) : frame.length;
            bytes.writeBytes(ByteBuffer.allocate(4).putInt(0, length).array());
            bytes.writeBytes(frame);
        }
        return mutated(bytes.toByteArray());
    }

    private byte[] mutated(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[random.nextInt(Math.min(bytes.length, 12))] = (byte) random.nextInt();
            case 2 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 3 -> {
                byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
                System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
                return shorter;
            }
            default -> {} // as it is
        }
        return bytes;
    }

    private int piece(int left) {
        return Math.min(left, random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 1 + random.nextInt(CAPACITY));
    }

    @Test
    public void framesAreWhatWasSentWhateverPiecesItComesIn() {
        long frames = 0;
        int broken = 0;
        for (int i = 0; i < STREAMS; i++) {
            byte[] bytes = stream();
            boolean admitted = random.nextBoolean();
            Meaning meaning =
                    Meaning.of(bytes, admitted ? Connection.MAX_FRAME_BYTES : Connection.MAX_FRAME_BYTES_OF_STRANGERS);
            FrameAssembler assembler = new FrameAssembler(new BareStream(null), true);
            if (admitted) {
                assembler.admit();
            }
            List<byte[]> got = new ArrayList<>();
            boolean refused = false;
            try {
                assemble(bytes, assembler, got);
            } catch (IOException nonsense) {
                refused = true;
            }
            assertThat(refused).as("stream %d of seed %d", i, seed).isEqualTo(meaning.broken);
            assertThat(got.size()).as("stream %d of seed %d", i, seed).isEqualTo(meaning.frames.size());
            for (int n = 0; n < got.size(); n++) {
                assertThat(Arrays.equals(got.get(n), meaning.frames.get(n)))
                        .as("frame %d of stream %d of seed %d", n, i, seed)
                        .isTrue();
            }
            frames += got.size();
            broken += refused ? 1 : 0;
        }
        assertThat(frames).as("frames that came").isGreaterThan(500_000);
        assertThat(broken).as("streams with nonsense").isBetween(STREAMS / 20, STREAMS);
    }

    private void assemble(byte[] bytes, FrameAssembler assembler, List<byte[]> frames) throws IOException {
        int came = 0;
        while (came < bytes.length) {
            ByteBuffer space = assembler.space();
            assertThat(space.capacity())
                    .as("memory, when %d bytes have come", came)
                    .isLessThanOrEqualTo(Math.max(CAPACITY, 4 * came));
            int count = piece(Math.min(bytes.length - came, space.remaining()));
            space.put(bytes, came, count);
            came += count;
            for (ByteBuffer frame = assembler.next(); frame != null; frame = assembler.next()) {
                byte[] copy = new byte[frame.remaining()];
                frame.get(copy);
                frames.add(copy);
            }
        }
    }

    /** On one connection, kept by whoever reads it. */
    private static final class Heard implements ConnectionHandler {
        private final List<byte[]> frames = new ArrayList<>();
        private final BlockingQueue<String> closings = new LinkedBlockingQueue<>();

        @Override
        public void received(Connection from, ByteBuffer frame) {
            byte[] copy = new byte[frame.remaining()];
            frame.get(copy);
            frames.add(copy);
        }

        @Override
        public void closed(Connection connection, String reason) {
            closings.add(reason);
        }
    }

    @Test
    public void aSocketThatBringsNonsenseIsClosedAndHurtsNobody() throws Exception {
        BlockingQueue<Heard> accepted = new LinkedBlockingQueue<>();
        Transport transport = new TcpTransport(new JvmThreads());
        try (Transport.Listener listener = transport.listen(new Endpoint("127.0.0.1", 0), connection -> {
            Heard heard = new Heard();
            accepted.add(heard);
            return heard;
        })) {
            Connection bystander = transport.dial(listener.endpoint(), Duration.ofSeconds(10), new Heard());
            Heard atBystander = accepted.take();
            for (int i = 0; i < CONNECTIONS; i++) {
                byte[] bytes = stream();
                Meaning meaning = Meaning.of(bytes, Connection.MAX_FRAME_BYTES_OF_STRANGERS);
                Heard heard = pour(bytes, listener.endpoint(), accepted);
                String reason = heard.closings.take();
                assertThat(reason)
                        .as("connection %d of seed %d", i, seed)
                        .startsWith(meaning.broken ? "connection lost: the other side " : "closed by the other side");
                assertThat(heard.frames)
                        .as("connection %d of seed %d", i, seed)
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(meaning.frames);
            }
            bystander.send(ByteBuffer.allocate(0), ByteBuffer.wrap(new byte[] {1, 2, 3}));
            bystander.close();
            assertThat(atBystander.closings.take()).isEqualTo("closed by the other side");
            assertThat(atBystander.frames).hasSize(1);
        }
    }

    /** In pieces; reads then, until the other side has closed it too. */
    private Heard pour(byte[] bytes, Endpoint endpoint, BlockingQueue<Heard> accepted) throws Exception {
        try (SocketChannel raw = SocketChannel.open(new InetSocketAddress("127.0.0.1", endpoint.port()))) {
            Heard heard = accepted.take();
            try {
                for (int sent = 0; sent < bytes.length; ) {
                    ByteBuffer piece = ByteBuffer.wrap(bytes, sent, piece(bytes.length - sent));
                    sent += piece.remaining();
                    while (piece.hasRemaining()) {
                        raw.write(piece);
                    }
                }
                raw.shutdownOutput();
                while (raw.read(ByteBuffer.allocate(100)) >= 0) {}
            } catch (IOException closedOverThere) {
                // it has heard enough
            }
            return heard;
        }
    }
}
