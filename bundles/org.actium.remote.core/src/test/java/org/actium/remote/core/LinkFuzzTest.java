package org.actium.remote.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.codec.java.JavaCodec;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.spi.Ports;
import org.actium.runtime.spi.Threads;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * A member that goes mad on an open link: frames that are almost right, on all channels, whole and in parts. What makes no
 * sense closes the link, nothing fails anywhere else, and other links go on. {@code -Dactium.seed} takes other ones.
 */
public class LinkFuzzTest {

    private static final int FRAMES = 6_000;

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    private final long seed = Long.getLong("actium.seed", 20_304);
    private final Random random = new Random(seed);
    private final MemoryNetwork network = new MemoryNetwork();
    private final Queue<Throwable> failed = new ConcurrentLinkedQueue<>();
    private final ManualTime time = new ManualTime();
    private final Ports ports = new Ports(time, new NotingThreads(), new Random(1));
    private final RuntimeLinks there = links("there");
    private final RuntimeLinks mad = links("mad");
    private final RuntimeLinks bystander = links("bystander");
    private final RemoteObjectTable served = new RemoteObjectTable(there, new JavaCodec(), ports.threads());
    private final RemoteObjectTable calling = new RemoteObjectTable(mad, new JavaCodec(), ports.threads());
    private final RemoteObjectTable watching = new RemoteObjectTable(bystander, new JavaCodec(), ports.threads());

    /** Notes what nobody has caught. */
    private final class NotingThreads implements Threads {

        private final Threads threads = new SystemThreads();

        private Runnable noted(Runnable task) {
            return () -> {
                try {
                    task.run();
                } catch (Throwable uncaught) {
                    failed.add(uncaught);
                    throw uncaught;
                }
            };
        }

        @Override
        public void run(Runnable task) {
            threads.run(noted(task));
        }

        @Override
        public Thread start(String name, Runnable task) {
            return threads.start(name, noted(task));
        }

        @Override
        public Thread startReader(String name, Runnable task) {
            return threads.startReader(name, noted(task));
        }
    }

    interface Echo {
        Object echo(Object value);

        String join(String one, int two, List<String> more);
    }

    private static final class Echoing implements Echo {
        @Override
        public Object echo(Object value) {
            return value;
        }

        @Override
        public String join(String one, int two, List<String> more) {
            return one + two + more;
        }
    }

    private RuntimeLinks links(String name) {
        return new RuntimeLinks(
                new NamedRuntime(RuntimeId.random(random), name),
                network,
                ports,
                LinkSettings.DEFAULT,
                new Endpoint("memory", 0));
    }

    private void join(RuntimeLinks child) {
        Duration minute = Duration.ofMinutes(1);
        child.join(there.self().endpoints().getFirst(), there.issue(minute), minute);
        network.awaitIdle();
    }

    @After
    public void closeAll() {
        List.of(served, calling, watching).forEach(RemoteObjectTable::close);
        List.of(mad, bystander, there).forEach(RuntimeLinks::close);
    }

    /** What goes over links, with the byte for the channel before it. */
    private List<byte[]> recorded() {
        List<byte[]> frames = new CopyOnWriteArrayList<>();
        network.whenSent(frames::add);
        Echo echo = calling.at(there.self(), Echo.class, "echo");
        assertThat(echo.echo("x")).isEqualTo("x");
        assertThat(echo.join("a", 1, List.of("b", "c"))).isEqualTo("a1[b, c]");
        assertThat(echo.echo(new byte[2 * Partial.PART_BYTES])).isNotNull();
        network.whenSent(frame -> {});
        List<byte[]> all = new ArrayList<>(frames);
        assertThat(all).as("three calls and results, the last ones in parts").hasSizeGreaterThan(8);
        byte[] heartbeat = {0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] rest = heartbeat.clone();
        rest[1] = 4;
        byte[] goodbye = {0, 2, 0, 0, 0, 1, 'x'};
        byte[] notHandled = {0, 3, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1};
        all.addAll(List.of(heartbeat, rest, goodbye, notHandled));
        for (int channel = 2; channel <= Channel.values().length; channel++) {
            all.add(new byte[] {(byte) channel, 1, 2, 3, 4, 5, 6, 7, 8});
        }
        return all;
    }

    private byte[] mutated(byte[] frame) {
        byte[] mutated = frame.clone();
        switch (random.nextInt(7)) {
            case 0 -> mutated = Arrays.copyOf(frame, random.nextInt(Math.min(frame.length, 40)));
            case 1 -> mutated = Arrays.copyOf(frame, frame.length + 1 + random.nextInt(40));
            case 2 -> mutated[0] = (byte) random.nextInt(-128, 128);
            case 3 -> mutated[1] = (byte) random.nextInt(6);
            default -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    mutated[random.nextInt(Math.min(frame.length, 200))] ^= (byte) (1 + random.nextInt(255));
                }
            }
        }
        return mutated;
    }

    /** The end over there of a link that is open on both sides. */
    private RuntimeLink open() {
        while (true) {
            RuntimeLink near = (RuntimeLink) mad.to(there.self());
            Optional<RuntimeLink> far = there.existing(mad.self().id())
                    .map(RuntimeLink.class::cast)
                    .filter(link -> link.number() == near.number() && link.isOpen())
                    .filter(link -> link.attachment().isCarrying());
            if (far.isPresent()) {
                return far.get();
            }
            if (near.isInterrupted()) {
                time.advance(Duration.ofMillis(10)); // it may dial again after a pause
            }
            Thread.yield();
        }
    }

    @Test
    public void framesThatAreAlmostRightCloseOneLinkAtMost() {
        join(mad);
        join(bystander);
        served.export(Echo.class, "echo", new Echoing());
        Link other = bystander.to(there.self());
        List<byte[]> frames = recorded();
        int closed = 0;
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = mutated(frames.get(random.nextInt(frames.size())));
            RuntimeLink link = open();
            try {
                link.received(link.attachment(), ByteBuffer.wrap(frame));
            } catch (RuntimeException garbage) {
                closed++;
                assertThat(link.isOpen())
                        .as("after %s, frame %d with seed %d", garbage, i, seed)
                        .isFalse();
            }
        }
        assertThat(closed).as("frames that closed the link").isBetween(FRAMES / 20, FRAMES * 3 / 4);

        open().close("so that the next one begins anew");
        open();
        assertThat(calling.at(there.self(), Echo.class, "echo").echo("y")).isEqualTo("y");
        assertThat(watching.at(there.self(), Echo.class, "echo").echo("z")).isEqualTo("z");
        assertThat(bystander.to(there.self())).as("the link of another").isSameAs(other);
        assertThat(failed).as("what nobody caught, with seed %d", seed).isEmpty();
    }
}
