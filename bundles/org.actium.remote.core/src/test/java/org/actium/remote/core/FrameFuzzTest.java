package org.actium.remote.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.Link;
import org.actium.remote.spi.Connection;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Threads;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * Eight hundred thousand frames on open links that are almost right, without a network: each reaches the handler of its channel, or
 * closes its link; none hangs, costs much memory, or fails elsewhere. {@code -Dactium.seed} takes other ones.
 */
public class FrameFuzzTest {

    private static final int FRAMES = 800_000;

    /** A frame in parts has room for what may be on its way at once. */
    private static final long BYTES_OF_A_FRAME = 2L * Partial.WINDOW_BYTES;

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long seed = Long.getLong("actium.seed", 20_305);
    private final Random random = new Random(seed);
    private final RuntimeAddress mad = new RuntimeAddress(RuntimeId.random(random), "mad", List.of());
    private final ManualTime time = new ManualTime();
    private final FrameHandlers handlers = new FrameHandlers();
    private final Map<Channel, Integer> handled = new EnumMap<>(Channel.class);
    private final Map<Channel, Integer> refused = new EnumMap<>(Channel.class);
    private final List<Long> gone = new ArrayList<>();
    private final LinkContext context = new LinkContext(
            "here",
            time,
            new AtOnce(),
            LinkSettings.DEFAULT,
            new Heartbeats(time, LinkSettings.DEFAULT.heartbeat()),
            handlers,
            new LinkListeners(),
            link -> gone.add(link.number()),
            FrameFuzzTest::unexpected,
            FrameFuzzTest::unexpected,
            link -> false);

    private final PrintStream log = System.err;
    private long connections;

    /** On the thread of the test, so that what fails there fails here. */
    private static final class AtOnce implements Threads {

        @Override
        public void run(Runnable task) {
            task.run();
        }

        @Override
        public Thread start(String name, Runnable task) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public Thread startReader(String name, Runnable task) {
            throw new UnsupportedOperationException(name);
        }
    }

    /** The other side reads, and never answers. */
    private static final class Silent implements Connection {

        @Override
        public void send(ByteBuffer head, ByteBuffer body) {}

        @Override
        public boolean trySend(ByteBuffer head, ByteBuffer body) {
            return true;
        }

        @Override
        public void close() {}

        @Override
        public String peer() {
            return "mad";
        }
    }

    private final class Counting implements FrameHandler {

        private final Channel channel;

        private Counting(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void received(Link from, ByteBuffer frame) {
            handled.merge(channel, 1, Integer::sum);
        }

        @Override
        public void refused(Link by, ByteBuffer start) {
            refused.merge(channel, 1, Integer::sum);
        }
    }

    /** Of each link a line is logged when it opens, and one when it is closed: more than a hundred megabytes. */
    @Before
    public void silenceTheLog() {
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    }

    @After
    public void restoreTheLog() {
        System.setErr(log);
    }

    @Before
    public void handleAllButOne() {
        for (Channel channel : Channel.values()) {
            if (channel != Channel.LINK && channel != Channel.values()[Channel.values().length - 1]) {
                handlers.set(channel, new Counting(channel));
            }
        }
    }

    private static void unexpected(RuntimeLink link) {
        throw new AssertionError(link + " is to get another connection");
    }

    private RuntimeLink open() {
        Introduction introduction =
                new Introduction(mad, ++connections, 0, Optional.empty(), Versions.SPOKEN.highest(), Resumption.NONE);
        Attachment attachment = new Attachment(introduction, mad.id(), "memory", Optional.empty(), new Silent());
        RuntimeLink link = new RuntimeLink(attachment, context);
        link.open();
        return link;
    }

    /** Frames as they are on the wire, of each kind, with the byte for the channel before them. */
    private static List<byte[]> honest() {
        List<byte[]> frames = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            if (channel != Channel.LINK) {
                byte[] whole = new byte[60];
                whole[0] = (byte) channel.ordinal();
                frames.add(whole);
                byte[] first = new byte[60];
                Partial.firstHead(channel.ordinal(), 150).get(first, 0, 1 + Integer.BYTES);
                frames.add(first);
                byte[] next = new byte[40];
                Partial.nextHead(channel.ordinal()).get(next, 0, 1);
                frames.add(next);
            }
        }
        byte[] heartbeat = {0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] rest = heartbeat.clone();
        rest[1] = 4;
        frames.add(heartbeat);
        frames.add(rest);
        frames.add(new byte[] {0, 3, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1});
        return frames;
    }

    private byte[] mutated(byte[] frame) {
        byte[] mutated = frame.clone();
        switch (random.nextInt(7)) {
            case 0 -> mutated = Arrays.copyOf(frame, random.nextInt(frame.length));
            case 1 -> mutated = Arrays.copyOf(frame, frame.length + 1 + random.nextInt(40));
            case 2 -> mutated[0] = (byte) random.nextInt(-128, 128);
            case 3 -> mutated[1] = (byte) random.nextInt(6);
            default -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    mutated[random.nextInt(Math.min(frame.length, 12))] ^= (byte) (1 + random.nextInt(255));
                }
            }
        }
        return mutated;
    }

    @Test
    public void framesThatAreAlmostRightAreHandledOrCloseTheirLink() {
        List<byte[]> frames = honest();
        RuntimeLink link = open();
        int closed = 0;
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = mutated(frames.get(random.nextInt(frames.size())));
            long before = thread.getCurrentThreadAllocatedBytes();
            boolean failed = false;
            try {
                link.received(link.attachment(), ByteBuffer.wrap(frame));
            } catch (RuntimeException garbage) {
                failed = true;
            }
            long taken = thread.getCurrentThreadAllocatedBytes() - before;
            if (taken > BYTES_OF_A_FRAME || (failed && link.isOpen())) {
                throw new AssertionError("seed " + seed + ", frame " + i + ": " + taken + " bytes for "
                        + Arrays.toString(frame) + ", " + (failed ? "which fails" : "which does not fail"));
            }
            if (!link.isOpen()) {
                closed++;
                time.advance(Duration.ofSeconds(2)); // the connections of those that were closed are let go
                link = open();
            }
        }
        assertThat(closed).as("links that were closed, seed %d", seed).isBetween(FRAMES / 20, FRAMES / 2);
        assertThat(gone).as("each is told once").hasSize(closed).doesNotHaveDuplicates();
        assertThat(handled).as("channels that were reached").hasSize(Channel.values().length - 2);
        assertThat(refused).as("channels whose frames were refused").isNotEmpty();
    }
}
