package org.actium.remote.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.spi.Connection;
import org.actium.runtime.spi.Threads;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class OutgoingTest {

    private static final ByteBuffer HEAD = ByteBuffer.allocate(0);

    @Rule
    public final Timeout deadline = Timeout.seconds(20);

    private final Queue<Runnable> others = new ArrayDeque<>();
    private final Outgoing outgoing = new Outgoing(new LaterThreads(), true);

    /** What is to run on other threads runs when the test wants it. */
    private final class LaterThreads implements Threads {
        @Override
        public void run(Runnable task) {
            others.add(task);
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

    /** Notes frames; those that were to wait for more end with a comma. */
    private static final class Noted implements Connection {
        private final List<String> frames = new ArrayList<>();
        private Runnable reading = () -> {};

        @Override
        public void send(ByteBuffer head, ByteBuffer body) {
            send(head, body, false);
        }

        @Override
        public void send(ByteBuffer head, ByteBuffer body, boolean moreFollow) {
            frames.add(new String(body.array()) + (moreFollow ? "," : ""));
        }

        @Override
        public void readSoon() {
            reading.run();
        }

        @Override
        public void close() {}

        @Override
        public String peer() {
            return "noted";
        }
    }

    private static ByteBuffer frame(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    private Noted connected(long had) {
        Noted connection = new Noted();
        assertThat(outgoing.resume(connection, had)).isTrue();
        runOthers();
        return connection;
    }

    private void runOthers() {
        while (!others.isEmpty()) {
            others.remove().run();
        }
    }

    @Test
    public void oneSenderThatGoesOnHasItsFramesWrittenTogether() {
        Noted connection = connected(0);
        for (String text : List.of("a", "b", "c")) {
            outgoing.sendSoon(HEAD, frame(text));
        }
        assertThat(connection.frames).as("the sender writes nothing itself").isEmpty();
        assertThat(others).as("one thread for all").hasSize(1);
        runOthers();
        assertThat(connection.frames).containsExactly("a,", "b,", "c");
    }

    @Test
    public void whatIsSentAtOnceStaysBehindWhatIsSentSoon() {
        Noted connection = connected(0);
        outgoing.sendSoon(HEAD, frame("a"));
        outgoing.send(HEAD, frame("b"));
        assertThat(connection.frames).as("and takes it along").containsExactly("a,", "b");
        runOthers();
        outgoing.send(HEAD, frame("c"));
        assertThat(connection.frames).containsExactly("a,", "b", "c");
    }

    @Test
    public void whoBeginsToWaitWritesWhatWasSentSoonItself() {
        Noted connection = connected(0);
        outgoing.sendSoon(HEAD, frame("a"));
        outgoing.sendSoon(HEAD, frame("b"));
        outgoing.flush();
        assertThat(connection.frames).containsExactly("a,", "b");
        outgoing.sendSoon(HEAD, frame("c"));
        runOthers();
        outgoing.flush();
        assertThat(connection.frames).containsExactly("a,", "b", "c");
    }

    @Test
    public void nothingIsFlushedWhileThereIsNoConnection() {
        Noted lost = connected(0);
        outgoing.sendSoon(HEAD, frame("a"));
        outgoing.suspend(lost);
        outgoing.flush();
        runOthers();
        assertThat(lost.frames).isEmpty();
        assertThat(connected(0).frames).containsExactly("a");
    }

    @Test
    public void whoWaitsForRoomHasReadWhatTheOtherSideSaysOfIt() {
        Noted connection = connected(0);
        outgoing.send(HEAD, ByteBuffer.wrap(new byte[Outgoing.WINDOW_BYTES]));
        connection.reading = () -> Thread.startVirtualThread(() -> outgoing.acknowledged(1));
        outgoing.send(HEAD, frame("b"));
        assertThat(connection.frames).last().isEqualTo("b");
    }

    @Test
    public void whatTheOtherSideLacksIsSentAgainBeforeAnythingElse() {
        connected(0);
        for (String text : List.of("a", "b", "c")) {
            outgoing.send(HEAD, frame(text));
        }
        outgoing.acknowledged(1);
        outgoing.suspend(null);
        Noted next = connected(2);
        outgoing.send(HEAD, frame("d"));
        assertThat(next.frames).containsExactly("c", "d");
    }

    @Test
    public void whatTheOtherSideCannotHaveIsNoticed() {
        connected(0);
        outgoing.send(HEAD, frame("a"));
        outgoing.send(HEAD, frame("b"));
        outgoing.acknowledged(1);
        assertThat(outgoing.resume(new Noted(), 3)).as("more than was sent").isFalse();
        assertThat(outgoing.resume(new Noted(), 0)).as("less than it has said").isFalse();
        assertThat(outgoing.resume(new Noted(), 2)).isTrue();
    }

    @Test
    public void whatWasNeverHandedToAConnectionIsNotAcknowledged() {
        Noted first = connected(0);
        outgoing.send(HEAD, frame("a"));
        outgoing.send(HEAD, frame("b"));
        outgoing.suspend(first);
        outgoing.send(HEAD, frame("c"));
        assertThat(outgoing.acknowledged(3)).as("one waits yet").isFalse();
        assertThat(outgoing.acknowledged(-1)).isFalse();
        assertThat(outgoing.acknowledged(1)).isTrue();
        assertThat(outgoing.acknowledged(0)).as("late").isTrue();
        assertThat(connected(1).frames).containsExactly("b,", "c");
        assertThat(outgoing.acknowledged(4)).isFalse();
        assertThat(outgoing.keptBytes()).isPositive();
        assertThat(outgoing.acknowledged(3)).isTrue();
        assertThat(outgoing.keptBytes()).isZero();
    }

    /** It was said over the connection before, and is heard when the next one has not carried them yet. */
    @Test
    public void whatAFormerConnectionHasCarriedMayBeAcknowledgedLate() {
        Noted first = connected(0);
        outgoing.send(HEAD, frame("a"));
        outgoing.send(HEAD, frame("b"));
        outgoing.suspend(first);
        Noted second = new Noted();
        assertThat(outgoing.resume(second, 1)).isTrue();
        assertThat(outgoing.acknowledged(2)).isTrue();
        runOthers();
        assertThat(second.frames).as("the other side knows that it has it").containsExactly("b");
    }

    /** The other side was still at it when it was asked over the second connection, which was lost at once. */
    @Test
    public void whatAFormerConnectionHasCarriedIsNotSentAgainAfterTwoLosses() {
        Noted first = connected(0);
        outgoing.send(HEAD, frame("a"));
        outgoing.send(HEAD, frame("b"));
        outgoing.send(HEAD, frame("c"));
        outgoing.suspend(first);
        outgoing.send(HEAD, frame("d"));
        Noted second = new Noted();
        assertThat(outgoing.resume(second, 1)).isTrue();
        outgoing.suspend(second);
        runOthers();
        assertThat(second.frames).isEmpty();
        assertThat(outgoing.resume(new Noted(), 4)).as("one was never sent").isFalse();

        assertThat(connected(2).frames).containsExactly("c,", "d");
        assertThat(outgoing.acknowledged(4)).isTrue();
        assertThat(outgoing.keptBytes()).isZero();
    }

    @Test
    public void keepsNothingThatIsAcknowledged() {
        connected(0);
        outgoing.send(HEAD, frame("a"));
        assertThat(outgoing.keptBytes()).isPositive();
        outgoing.acknowledged(1);
        assertThat(outgoing.keptBytes()).isZero();
    }

    @Test
    public void theLastFrameLeavesBehindAllOthersAndNothingAfterIt() {
        Noted connection = connected(0);
        List<String> done = new ArrayList<>();
        outgoing.sendSoon(HEAD, frame("a"));
        outgoing.finish("over", HEAD, frame("goodbye"), () -> done.add("hung up"));
        assertThat(done).isEmpty();
        runOthers();
        assertThat(connection.frames).containsExactly("a,", "goodbye");
        assertThat(done).containsExactly("hung up");
        assertThatThrownBy(() -> outgoing.send(HEAD, frame("b")))
                .isInstanceOf(LinkClosedException.class)
                .hasMessage("over");
    }

    @Test
    public void whatIsSentIsSaidToHaveArrivedOnceTheOtherSideHasItAndNotBefore() {
        List<String> arrived = new ArrayList<>();
        Noted first = connected(0);
        for (String text : List.of("a", "b", "c")) {
            outgoing.send(HEAD, frame(text), Outgoing.WINDOW_BYTES, () -> arrived.add(text));
        }
        assertThat(arrived).as("written, which is not enough").isEmpty();
        outgoing.acknowledged(1);
        assertThat(arrived).containsExactly("a");

        outgoing.suspend(first);
        Noted second = connected(2);
        assertThat(second.frames).as("sent again").containsExactly("c");
        assertThat(arrived).containsExactly("a", "b");
        outgoing.acknowledged(2);
        outgoing.acknowledged(3);
        outgoing.acknowledged(3);
        assertThat(arrived).containsExactly("a", "b", "c");
    }

    @Test
    public void whatALinkDropsAtItsEndIsNotSaidToHaveArrived() {
        List<String> arrived = new ArrayList<>();
        connected(0);
        outgoing.send(HEAD, frame("a"), Outgoing.WINDOW_BYTES, () -> arrived.add("a"));
        outgoing.close("it ends");
        outgoing.acknowledged(1);
        assertThat(arrived).isEmpty();
    }

    /** The link ended while another connection was being made for it. */
    @Test
    public void whatALinkHasDroppedAtItsEndCannotBeResumed() {
        Noted first = connected(0);
        outgoing.send(HEAD, frame("a"));
        outgoing.send(HEAD, frame("b"));
        outgoing.suspend(first);
        outgoing.send(HEAD, frame("c"));
        outgoing.close("it ends");

        Noted second = new Noted();
        assertThat(outgoing.resume(second, 1)).isFalse();
        runOthers();
        assertThat(second.frames).isEmpty();
    }
}
