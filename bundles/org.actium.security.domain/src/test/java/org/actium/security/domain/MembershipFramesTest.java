package org.actium.security.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Threads;
import org.junit.Test;

public class MembershipFramesTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> looked = new ArrayList<>();
    private final MembershipFrames frames = new MembershipFrames(new LaterThreads(), this::look);
    private final SilentLink link = new SilentLink("mad", 1);

    /** What is to run on other threads runs when the test wants it. */
    private final class LaterThreads implements Threads {
        @Override
        public void run(Runnable task) {
            threads.add(task);
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

    private static final class SilentLink implements Link {
        private final RuntimeAddress peer;
        private boolean open = true;

        SilentLink(String name, long id) {
            peer = new RuntimeAddress(new RuntimeId(id, id), name, List.of());
        }

        @Override
        public RuntimeAddress peer() {
            return peer;
        }

        @Override
        public void send(Channel channel, ByteBuffer frame) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close(String reason) {
            open = false;
        }
    }

    private void look(Link from, ByteBuffer frame) {
        String text = new String(frame.array());
        looked.add(from.peer().name() + " " + text);
        frame.position(frame.limit());
        if (text.equals("bad")) {
            from.close(text);
        }
    }

    private static ByteBuffer frame(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    private void runAll() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }

    @Test
    public void theFirstBadFrameIsTheLastOfItsLinkThatIsLookedAt() {
        SilentLink other = new SilentLink("other", 2);
        for (String text : List.of("good", "bad", "worse")) {
            frames.add(link, frame(text));
            frames.add(other, frame("fine"));
        }
        assertThat(threads).as("one thread for each link").hasSize(2);
        runAll();
        assertThat(looked).containsExactly("mad good", "mad bad", "other fine", "other fine", "other fine");
    }

    @Test
    public void aLinkGoesOnWhenAllWereLookedAt() {
        for (int round = 0; round < 3 * MembershipFrames.MOST_FRAMES; round++) {
            frames.add(link, frame("good"));
            runAll();
        }
        assertThat(looked).hasSize(3 * MembershipFrames.MOST_FRAMES);
    }

    @Test
    public void aFrameThatNoHonestMemberSendsIsRefusedBeforeItIsCopied() {
        frames.add(link, ByteBuffer.allocate(MembershipFrames.LONGEST));
        ByteBuffer tooLong = ByteBuffer.allocate(MembershipFrames.LONGEST + 1);
        assertThatThrownBy(() -> frames.add(link, tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mad (" + link.peer().id() + ")")
                .hasMessageContaining(
                        "a frame of 1048578 bytes on channel MEMBERSHIP, where none has more than 1048577");
        assertThat(tooLong.position()).isZero();
    }

    @Test
    public void longFramesOfOneLinkDoNotPileUp() {
        for (int i = 0; i < 7; i++) {
            frames.add(link, ByteBuffer.allocate(MembershipFrames.LONGEST));
        }
        assertThatThrownBy(() -> frames.add(link, ByteBuffer.allocate(MembershipFrames.LONGEST)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "more on channel MEMBERSHIP than can be looked at: 7 frames of 7340039 bytes wait");
    }
}
