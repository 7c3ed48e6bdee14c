package org.actium.remote.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.actium.remote.api.AdmissionException;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.UnreachableException;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Ports;
import org.actium.security.api.Enrolment;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class RuntimeLinksTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration BEAT = LinkSettings.DEFAULT.heartbeat();
    private static final Versions OLD = new Versions(1, 1);

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final MemoryNetwork network = new MemoryNetwork();
    private final ManualTime time = new ManualTime();
    private final Random random = new Random(1);
    private final BusyThreads threads = new BusyThreads();
    private final Ports ports = new Ports(time, threads, random);
    private final List<RuntimeLinks> all = new ArrayList<>();

    private RuntimeLinks runtime(String name) {
        return runtime(name, RuntimeId.random(random));
    }

    private RuntimeLinks runtime(String name, RuntimeId id) {
        return runtime(name, id, Versions.SPOKEN);
    }

    private RuntimeLinks runtime(String name, RuntimeId id, Versions versions) {
        RuntimeLinks links = new RuntimeLinks(
                new NamedRuntime(id, name),
                ports,
                LinkSettings.DEFAULT,
                Listening.at(new Endpoint("memory", 0)),
                Enrolment.NONE,
                versions);
        links.addTransport(network);
        all.add(links);
        return links;
    }

    /** A runtime that joined the domain of the other. */
    private RuntimeLinks child(String name, RuntimeLinks parent) {
        return child(name, parent, RuntimeId.random(random));
    }

    private RuntimeLinks child(String name, RuntimeLinks parent, RuntimeId id) {
        RuntimeLinks child = runtime(name, id);
        join(child, parent, parent.issue(MINUTE));
        return child;
    }

    /**
     * Returns when the listeners of the child have been told: those that come later hear nothing of it; and when both ends
     * are done with it: the child is welcome a moment before the parent holds the link open and watches it.
     */
    private Link join(RuntimeLinks child, RuntimeLinks parent, JoinToken token) {
        CompletableFuture<Link> told = new CompletableFuture<>();
        Registration registration = child.listen(new LinkListener() {
            @Override
            public void opened(Link link, Optional<String> tokenId) {
                told.complete(link);
            }

            @Override
            public void closed(Link link, String reason) {}
        });
        try {
            Link joined = child.join(parent.self().endpoints().getFirst(), token, MINUTE);
            assertThat(told.join()).isSameAs(joined);
            network.awaitIdle();
            return joined;
        } finally {
            registration.close();
        }
    }

    @After
    public void closeAll() {
        network.recover();
        network.release();
        all.forEach(RuntimeLinks::close);
    }

    /** Notes the events of links, with the kind of thread they came on. */
    private static final class Events implements LinkListener {
        final BlockingQueue<String> noted = new LinkedBlockingQueue<>();

        @Override
        public void opened(Link link, Optional<String> tokenId) {
            note("opened " + link.peer().name()
                    + tokenId.map(id -> " by token " + id).orElse(""));
        }

        @Override
        public void closed(Link link, String reason) {
            note("closed " + link.peer().name() + ": " + reason);
        }

        /**
         * Whoever loses a connection dials again, and gets a new link if the other side has closed the former; that the new
         * one is open may be heard first, since only the events of one link are in order.
         */
        String nextClosing() throws InterruptedException {
            String event = noted.take();
            while (event.startsWith("opened ")) {
                event = noted.take();
            }
            return event;
        }

        private void note(String event) {
            noted.add(Thread.currentThread().isVirtual() ? event : event + " on a platform thread");
        }
    }

    private static Events listen(RuntimeLinks links) {
        Events events = new Events();
        links.listen(events);
        return events;
    }

    /** Notes the frames of a channel. */
    private static final class Frames implements FrameHandler {
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        final BlockingQueue<String> refused = new LinkedBlockingQueue<>();

        @Override
        public void received(Link from, ByteBuffer frame) {
            received.add(from.peer().name() + " " + new String(FrameReader.rest(frame)).strip());
        }

        @Override
        public void refused(Link by, ByteBuffer start) {
            refused.add(by.peer().name() + " " + new String(FrameReader.rest(start)));
        }
    }

    private static ByteBuffer frame(String text) {
        return ByteBuffer.wrap(text.getBytes());
    }

    // joining

    @Test
    public void aChildJoinsWithAToken() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = runtime("child");
        Events atParent = listen(parent);
        Events atChild = listen(child);
        JoinToken token = parent.issue(MINUTE);

        Link link = join(child, parent, token);

        assertThat(link.peer()).isEqualTo(parent.self());
        assertThat(atParent.noted.take()).isEqualTo("opened child by token " + token.id());
        assertThat(atChild.noted.take()).isEqualTo("opened parent");
        assertThat(parent.existing(child.self().id()).orElseThrow().peer()).isEqualTo(child.self());
        assertThat(parent.all()).hasSize(1);
    }

    @Test
    public void strangersAreRefusedUntilTheyJoin() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks stranger = runtime("stranger");
        assertThatThrownBy(() -> stranger.to(parent.self()))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("parent")
                .hasMessageContaining("does not know the key of this runtime's domain");
        join(stranger, parent, parent.issue(MINUTE));
        assertThat(stranger.to(parent.self()).isOpen()).isTrue();
    }

    @Test
    public void childrenOfOneParentReachEachOther() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks one = child("one", parent);
        RuntimeLinks two = child("two", parent);
        RuntimeLinks grandchild = child("grandchild", two);

        assertThat(one.to(two.self()).peer()).isEqualTo(two.self());
        assertThat(one.to(grandchild.self()).peer()).isEqualTo(grandchild.self());
        assertThat(two.all()).hasSize(3);
    }

    @Test
    public void whoeverListensAtAnEndpointOfTheDomainCanBeAskedFor() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks one = child("one", parent);
        RuntimeLinks two = child("two", parent);

        assertThat(one.resolve(endpointOf(two))).isEqualTo(two.self());
        assertThat(one.resolve(endpointOf(one))).isEqualTo(one.self());
        assertThat(one.all()).as("asking makes no link").hasSize(1);
        assertThat(two.all()).hasSize(1);
    }

    @Test
    public void askingForNobodyOrAStrangerSaysWhere() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks stranger = runtime("stranger");
        assertThatThrownBy(() -> parent.resolve(new Endpoint("memory", 1)))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("no runtime of this domain at memory:1");
        assertThatThrownBy(() -> parent.resolve(endpointOf(stranger)))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining(endpointOf(stranger) + ": stranger");
    }

    @Test
    public void aParentIsGoneWhereNobodyListensAndNotWhereAConnectionBreaks() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = runtime("child");
        JoinToken token = parent.issue(MINUTE);

        assertThatThrownBy(() -> child.join(new Endpoint("memory", 9), token, MINUTE))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isGone()).isTrue());
        network.breakNext(1);
        assertThatThrownBy(() -> child.join(endpointOf(parent), token, MINUTE))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isGone()).isFalse());
    }

    private static Endpoint endpointOf(RuntimeLinks links) {
        return links.self().endpoints().getFirst();
    }

    @Test
    public void aTokenThatDoesNotAdmitSaysWhy() {
        RuntimeLinks parent = runtime("parent");
        JoinToken token = parent.issue(MINUTE);
        child("first", parent);
        RuntimeLinks late = runtime("late");
        JoinToken revoked = parent.issue(MINUTE);
        parent.revoke(revoked);
        join(runtime("second"), parent, token);

        assertRefused(late, parent, token, "join token " + token.id() + " was used already");
        assertRefused(late, parent, revoked, "was not issued here, or was revoked");
        assertRefused(late, parent, new JoinToken(parent.issue(MINUTE).id(), "x"), "is not the one that parent");
        JoinToken expired = parent.issue(MINUTE);
        time.advance(MINUTE);
        assertRefused(late, parent, expired, "has expired");
        assertThat(late.all()).isEmpty();
    }

    @Test
    public void aChildWhoseWelcomeGotLostJoinsWithTheSameToken() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = runtime("child");
        JoinToken token = parent.issue(MINUTE);
        AtomicBoolean lost = new AtomicBoolean();
        network.whenSent(frame -> {
            if (frame[0] == Versions.SPOKEN.highest()
                    && frame[1] == Handshake.WELCOME
                    && lost.compareAndSet(false, true)) {
                network.cut();
            }
        });
        assertThatThrownBy(() -> child.join(endpointOf(parent), token, MINUTE))
                .isInstanceOf(UnreachableException.class);
        assertThat(lost).isTrue();

        assertRefused(runtime("other"), parent, token, "join token " + token.id() + " was used already");
        Link link = join(child, parent, token);
        assertThat(link.isOpen()).isTrue();

        link.send(Channel.OBJECTS, ByteBuffer.allocate(1));
        network.awaitIdle();
        assertRefused(child, parent, token, "join token " + token.id() + " was used already");
        assertThat(link.isOpen()).isTrue();
    }

    private void assertRefused(RuntimeLinks child, RuntimeLinks parent, JoinToken token, String reason) {
        assertThatThrownBy(() -> join(child, parent, token))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining(
                        "cannot join at " + parent.self().endpoints().getFirst())
                .hasMessageContaining(reason);
    }

    @Test
    public void aRuntimeWithLinksDoesNotChangeItsDomain() {
        RuntimeLinks first = runtime("first");
        RuntimeLinks second = runtime("second");
        RuntimeLinks child = child("child", first);
        assertThatThrownBy(() -> join(child, second, second.issue(MINUTE)))
                .isInstanceOf(AdmissionException.class)
                .hasMessageContaining("belongs to another domain already");
        assertThat(child.all()).extracting(Link::peer).containsExactly(first.self());
    }

    @Test
    public void aChildThatLostItsParentMayJoinAgain() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Events atParent = listen(parent);
        RuntimeLinks child = child("child", parent);
        atParent.noted.take();
        network.ends().getFirst().lose(); // the parent does not notice

        Link again = join(child, parent, parent.issue(MINUTE));

        assertThat(again.isOpen()).isTrue();
        assertThat(List.of(atParent.noted.take(), atParent.noted.take()))
                .anyMatch(event -> event.startsWith("opened child"))
                .contains("closed child: replaced by a newer connection");
        assertThat(parent.all()).hasSize(1);
    }

    /** What comes over its successor may have overtaken it. */
    @Test
    public void whatArrivesOverAClosedLinkIsNotHandled() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        List<String> handled = new CopyOnWriteArrayList<>();
        parent.handle(Channel.OBJECTS, (from, frame) -> handled.add("frame"));
        RuntimeLink link = (RuntimeLink) parent.to(child.self());
        byte[] frame = {(byte) Channel.OBJECTS.ordinal(), 1};

        link.received(link.attachment(), ByteBuffer.wrap(frame));
        assertThat(handled).hasSize(1);
        link.close("to be replaced");
        link.received(link.attachment(), ByteBuffer.wrap(frame));

        assertThat(handled).hasSize(1);
    }

    @Test
    public void tokensAreValidForSomeTime() {
        RuntimeLinks parent = runtime("parent");
        assertThatThrownBy(() -> parent.issue(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    // dialling

    @Test
    public void manyWhoWantALinkShareOne() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks one = child("one", parent);
        RuntimeLinks two = child("two", parent);
        int connections = network.ends().size();
        List<CompletableFuture<Link>> wanted = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            CompletableFuture<Link> link = new CompletableFuture<>();
            Thread.startVirtualThread(() -> link.complete(one.to(two.self())));
            wanted.add(link);
        }
        Link link = wanted.getFirst().get();
        for (CompletableFuture<Link> other : wanted) {
            assertThat(other.get()).isSameAs(link);
        }
        assertThat(network.ends()).hasSize(connections + 2);
    }

    @Test
    public void saysWhyARuntimeCannotBeReached() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        RuntimeId id = new RuntimeId(5L << 32, 0);
        Endpoint dead = new Endpoint("memory", 9);
        assertThatThrownBy(() -> child.to(new RuntimeAddress(id, "gone", List.of(dead))))
                .isInstanceOf(UnreachableException.class)
                .hasMessage("gone (00000005) cannot be reached: memory:9: cannot connect to memory:9: nobody listens");
        assertThatThrownBy(() ->
                        child.to(new RuntimeAddress(id, "gone", parent.self().endpoints())))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("parent (" + parent.self().id() + ") answers there");
        assertThatThrownBy(() -> child.to(new RuntimeAddress(id, "shy", List.of())))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("shy (00000005) cannot be reached: it accepts no connections");
        assertThatThrownBy(() -> child.to(child.self())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void triesOneEndpointAfterTheOther() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks one = child("one", parent);
        RuntimeLinks two = child("two", parent);
        RuntimeAddress address = new RuntimeAddress(
                two.self().id(),
                "two",
                List.of(
                        new Endpoint("memory", 9),
                        parent.self().endpoints().getFirst(),
                        two.self().endpoints().getFirst()));
        assertThat(one.to(address).peer()).isEqualTo(two.self());
    }

    @Test
    public void whenNoThreadCouldDialWhoWantsALinkIsToldAndTheNextOneDials() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        RuntimeLinks sibling = child("sibling", parent);

        threads.refuse(true);
        assertThatThrownBy(() -> child.to(sibling.self()))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("sibling")
                .hasMessageContaining("unable to create native thread");
        threads.refuse(false);

        assertThat(child.to(sibling.self()).isOpen()).isTrue();
    }

    @Test
    public void anErrorWhileItIsDialledFailsAnEndpointLikeAnyOtherFailure() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        RuntimeLinks sibling = child("sibling", parent);

        network.failNext(new StackOverflowError("on purpose"));
        assertThatThrownBy(() -> child.to(sibling.self()))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("StackOverflowError: on purpose");

        assertThat(child.to(sibling.self()).isOpen()).isTrue();
    }

    @Test
    public void aLinkThatNoThreadCouldResumeIsResumedLater() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Frames objects = new Frames();
        parent.handle(Channel.OBJECTS, objects);
        Link link = child.to(parent.self());

        threads.refuse(true);
        network.ends().getFirst().lose(); // the parent does not notice
        network.awaitIdle();
        threads.refuse(false);
        link.send(Channel.OBJECTS, frame("up"));
        assertThat(objects.received).as("nobody has dialled").isEmpty();
        time.advance(Duration.ofMillis(200)); // much less than the parent takes to notice

        assertThat(objects.received.take()).isEqualTo("child up");
    }

    @Test
    public void anInterruptEndsTheWaitForALink() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks one = child("one", parent);
        RuntimeLinks two = child("two", parent);
        network.hold();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> one.to(two.self()))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    public void twoThatDialEachOtherAtOnceEndWithOneLink() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            Random order = new Random(seed);
            RuntimeLinks parent = runtime("parent");
            RuntimeLinks low = child("low", parent, new RuntimeId(1, seed));
            RuntimeLinks high = child("high", parent, new RuntimeId(2, seed));
            Frames atLow = new Frames();
            Frames atHigh = new Frames();
            low.handle(Channel.OBJECTS, atLow);
            high.handle(Channel.OBJECTS, atHigh);
            network.hold();
            CompletableFuture<Link> fromLow = wish(low, high);
            CompletableFuture<Link> fromHigh = wish(high, low);
            deliverAtRandom(order, fromLow, fromHigh);

            String now = "seed " + seed;
            assertThat(low.existing(high.self().id())).as(now).containsSame(fromLow.join());
            assertThat(high.existing(low.self().id())).as(now).containsSame(fromHigh.join());
            fromLow.join().send(Channel.OBJECTS, frame("down"));
            fromHigh.join().send(Channel.OBJECTS, frame("up"));
            network.release();
            assertThat(atHigh.received.take()).as(now).isEqualTo("low down");
            assertThat(atLow.received.take()).as(now).isEqualTo("high up");
            assertThat(low.all()).as(now).hasSize(2);
            assertThat(high.all()).as(now).hasSize(2);
            closeAll();
            all.clear();
            network.ends().clear();
        }
    }

    private static CompletableFuture<Link> wish(RuntimeLinks from, RuntimeLinks to) {
        CompletableFuture<Link> link = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                link.complete(from.to(to.self()));
            } catch (RuntimeException failed) {
                link.completeExceptionally(failed);
            }
        });
        return link;
    }

    /** Delivers in an order of the generator's choice until both are done and nothing is under way. */
    private void deliverAtRandom(Random order, CompletableFuture<?> one, CompletableFuture<?> other) {
        boolean delivered = true;
        while (delivered || !one.isDone() || !other.isDone()) {
            delivered = network.deliverOne(order);
            Thread.yield();
        }
    }

    // frames

    @Test
    public void framesArriveInOrderOnTheirChannel() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Frames objects = new Frames();
        Frames futures = new Frames();
        child.handle(Channel.OBJECTS, objects);
        child.handle(Channel.FUTURES, futures);
        Link link = parent.to(child.self());
        link.send(Channel.OBJECTS, frame("one"));
        link.send(Channel.FUTURES, frame("value"));
        link.send(Channel.OBJECTS, frame("two"));

        assertThat(objects.received.take()).isEqualTo("parent one");
        assertThat(objects.received.take()).isEqualTo("parent two");
        assertThat(futures.received.take()).isEqualTo("parent value");
    }

    @Test
    public void theSenderIsToldOfAFrameThatNobodyHandles() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Frames atParent = new Frames();
        parent.handle(Channel.OBJECTS, atParent);
        Link link = parent.to(child.self());

        link.send(Channel.OBJECTS, frame("0123456789".repeat(10)));
        assertThat(atParent.refused.take())
                .isEqualTo("child " + "0123456789".repeat(10).substring(0, 32));

        Frames atChild = new Frames();
        Registration registration = child.handle(Channel.OBJECTS, atChild);
        link.send(Channel.OBJECTS, frame("now"));
        assertThat(atChild.received.take()).isEqualTo("parent now");

        registration.close();
        link.send(Channel.OBJECTS, frame("late"));
        assertThat(atParent.refused.take()).isEqualTo("child late");
        assertThat(link.isOpen()).isTrue();
    }

    @Test
    public void aChannelHasOneHandler() {
        RuntimeLinks links = runtime("alone");
        Registration first = links.handle(Channel.OBJECTS, new Frames());
        assertThatThrownBy(() -> links.handle(Channel.OBJECTS, new Frames()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("OBJECTS");
        first.close();
        links.handle(Channel.OBJECTS, new Frames());
        first.close();
        assertThatThrownBy(() -> links.handle(Channel.OBJECTS, new Frames()))
                .as("closing twice does not remove the next one")
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    public void shortFramesPassALongOne() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Frames objects = new Frames();
        parent.handle(Channel.OBJECTS, objects);
        RuntimeLink link = (RuntimeLink) child.to(parent.self());
        network.awaitIdle();
        network.hold();
        Thread longSender = Thread.startVirtualThread(() ->
                link.send(Channel.OBJECTS, frame("long" + " ".repeat(2 * Outgoing.WINDOW_BYTES))));
        while (link.keptBytes() < Partial.WINDOW_BYTES - 2 * Partial.PART_BYTES) {
            Thread.onSpinWait();
        }
        link.send(Channel.OBJECTS, frame("short"));
        assertThat(longSender.isAlive()).as("it waits for the other side").isTrue();
        network.release();

        assertThat(objects.received.take()).isEqualTo("child short");
        assertThat(objects.received.take()).isEqualTo("child long");
    }

    /** As much as a frame may have, and as much again behind it. */
    @Test
    public void framesThatSteerPassQueuedDataOf128MiB() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
        List<Channel> steering = List.of(Channel.MEMBERSHIP, Channel.FUTURES, Channel.REMOTE_OBJECTS);
        parent.handle(Channel.OBJECTS, (from, frame) -> arrived.add("data of " + frame.remaining()));
        steering.forEach(channel -> parent.handle(channel, (from, frame) -> arrived.add(channel.name())));
        RuntimeLink link = (RuntimeLink) child.to(parent.self());
        network.awaitIdle();
        network.hold();
        ByteBuffer most = ByteBuffer.allocate(Link.MAX_FRAME_BYTES);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            senders.add(Thread.startVirtualThread(() -> link.send(Channel.OBJECTS, most.duplicate())));
        }
        while (link.keptBytes() < Partial.WINDOW_BYTES - 2 * Partial.PART_BYTES) {
            Thread.onSpinWait();
        }
        for (Channel channel : steering) {
            link.send(channel, frame("turn left"));
        }
        int before = network.sent();
        time.advance(BEAT);
        while (network.sent() == before) {
            Thread.onSpinWait(); // the heartbeat, which waits for nothing either
        }
        assertThat(senders).as("they wait for the other side").allMatch(Thread::isAlive);
        network.release();

        for (Channel channel : steering) {
            assertThat(arrived.take()).isEqualTo(channel.name());
        }
        for (int i = 0; i < 2; i++) {
            assertThat(arrived.take()).isEqualTo("data of " + Link.MAX_FRAME_BYTES);
        }
    }

    @Test
    public void longFramesOfManySendersArriveWhole() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Frames objects = new Frames();
        parent.handle(Channel.OBJECTS, objects);
        Link link = child.to(parent.self());
        for (int sender = 0; sender < 5; sender++) {
            String content = "abcde".substring(sender, sender + 1).repeat(500_000);
            Thread.startVirtualThread(() -> link.send(Channel.OBJECTS, frame(content)));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(objects.received.take().replace("child ", ""))
                    .hasSize(500_000)
                    .matches(content -> content.chars().distinct().count() == 1, "one sender's");
        }
    }

    @Test
    public void aFrameAnnouncedInPartsThatIsTooLongClosesTheLink() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = runtime("child");
        Events atChild = listen(child);
        join(child, parent, parent.issue(MINUTE));
        assertThat(atChild.noted.take()).startsWith("opened parent");
        RuntimeLink link = (RuntimeLink) child.to(parent.self());
        link.attachment()
                .connection()
                .send(Partial.firstHead(Channel.OBJECTS.ordinal(), Integer.MAX_VALUE), frame("x"));

        assertThat(atChild.nextClosing()).startsWith("closed parent: ");
    }

    /** Heartbeats; frames without a channel, or without all that belongs to a heartbeat. */
    @Test
    public void garbageOnTheChannelOfTheLinkClosesIt() throws Exception {
        byte[] beat = {0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] tooMany = beat.clone();
        tooMany[8] = 77; // so many times 256 frames
        for (byte[] garbage : List.of(tooMany, new byte[0], new byte[1], Arrays.copyOf(beat, 9))) {
            RuntimeLinks parent = runtime("parent");
            RuntimeLinks child = child("child", parent);
            Events atParent = listen(parent);
            RuntimeLink link = (RuntimeLink) child.to(parent.self());
            link.attachment().connection().send(ByteBuffer.wrap(beat));
            link.attachment().connection().send(ByteBuffer.wrap(garbage));

            assertThat(atParent.nextClosing()).startsWith("closed child: a frame could not be handled: ");
            closeAll();
            all.clear();
        }
    }

    @Test
    public void aFrameThatIsTooLongIsNotSent() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Link link = child.to(parent.self());
        assertThatThrownBy(() -> link.send(Channel.OBJECTS, ByteBuffer.allocate(Link.MAX_FRAME_BYTES + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("67108864 bytes");
        assertThat(link.isOpen()).isTrue();
    }

    // the end of a link

    @Test
    public void bothSidesHearWhyALinkWasClosed() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Events atParent = listen(parent);
        RuntimeLinks child = runtime("child");
        Events atChild = listen(child);
        JoinToken token = parent.issue(MINUTE);
        Link link = join(child, parent, token);

        link.close("no longer needed");

        assertThat(atChild.noted.take()).isEqualTo("opened parent");
        assertThat(atChild.noted.take()).isEqualTo("closed parent: no longer needed");
        assertThat(atParent.noted.take()).isEqualTo("opened child by token " + token.id());
        assertThat(atParent.noted.take()).isEqualTo("closed child: closed by child: no longer needed");
        assertThat(link.isOpen()).isFalse();
        assertThatThrownBy(() -> link.send(Channel.OBJECTS, frame("x")))
                .isInstanceOf(LinkClosedException.class)
                .hasMessageContaining("no longer needed");
        assertThat(child.existing(parent.self().id())).isEmpty();
    }

    @Test
    public void aLinkOutlivesItsConnection() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Events atParent = listen(parent);
        RuntimeLinks child = child("child", parent);
        Events atChild = listen(child);
        assertThat(atParent.noted.take()).startsWith("opened child");
        Frames objects = new Frames();
        parent.handle(Channel.OBJECTS, objects);
        Link link = child.to(parent.self());
        Link back = parent.to(child.self());
        for (int i = 0; i < 10; i++) {
            link.send(Channel.OBJECTS, frame("before " + i));
            network.cut();
            link.send(Channel.OBJECTS, frame("after " + i));
        }

        for (int i = 0; i < 10; i++) {
            // a cut may break the handshake after the one before, and then the child dials again after a pause
            assertThat(nextOf(objects)).isEqualTo("child before " + i);
            assertThat(nextOf(objects)).isEqualTo("child after " + i);
        }
        assertThat(child.to(parent.self())).isSameAs(link);
        assertThat(parent.to(child.self())).isSameAs(back);
        assertThat(atChild.noted).as("nobody hears of it").isEmpty();
        assertThat(atParent.noted).isEmpty();
    }

    @Test
    public void theSideThatWasDialledDialsIfOnlyItHasNoticedALoss() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Frames atParent = new Frames();
        Frames atChild = new Frames();
        parent.handle(Channel.OBJECTS, atParent);
        child.handle(Channel.OBJECTS, atChild);
        network.ends().getLast().lose();
        network.awaitIdle();
        parent.to(child.self()).send(Channel.OBJECTS, frame("down"));
        time.advance(Duration.ofSeconds(1));

        assertThat(atChild.received.take()).isEqualTo("parent down");
        child.to(parent.self()).send(Channel.OBJECTS, frame("up"));
        assertThat(atParent.received.take()).isEqualTo("child up");
    }

    /** Connections break on one side or both, at any moment, while both send; the links do not. */
    @Test
    public void everyFrameArrivesOnceAndInOrderWhateverBreaks() throws Exception {
        int frames = 100;
        for (int seed = 0; seed < 60; seed++) {
            Random order = new Random(seed);
            RuntimeLinks parent = runtime("parent");
            RuntimeLinks low = child("low", parent, new RuntimeId(1, seed));
            RuntimeLinks high = child("high", parent, new RuntimeId(2, seed));
            Frames atLow = new Frames();
            Frames atHigh = new Frames();
            low.handle(Channel.OBJECTS, atLow);
            high.handle(Channel.OBJECTS, atHigh);
            Link down = low.to(high.self());
            Link up = high.to(low.self());
            List<MemoryNetwork.End> ends = network.ends();
            network.awaitIdle();
            network.hold();
            Thread.startVirtualThread(() -> sendNumbered(down, frames));
            Thread.startVirtualThread(() -> sendNumbered(up, frames));
            for (int step = 0; step < 40; step++) {
                for (int i = order.nextInt(30); i > 0; i--) {
                    network.deliverOne(order);
                }
                switch (order.nextInt(4)) {
                    case 0 -> network.cut();
                    case 1 -> ends.get(order.nextInt(ends.size())).lose();
                    default -> time.advance(Duration.ofMillis(order.nextInt(100)));
                }
            }
            network.release();
            String now = "seed " + seed;
            for (int i = 0; i < frames; i++) {
                assertThat(nextOf(atHigh)).as(now).isEqualTo("low " + i);
                assertThat(nextOf(atLow)).as(now).isEqualTo("high " + i);
            }
            assertThat(low.existing(high.self().id())).as(now).contains(down);
            assertThat(high.existing(low.self().id())).as(now).contains(up);
            network.awaitIdle();
            assertThat(atHigh.received).as(now).isEmpty();
            assertThat(atLow.received).as(now).isEmpty();
            closeAll();
            all.clear();
            network.ends().clear();
        }
    }

    /** Each tenth one takes several parts. */
    private static void sendNumbered(Link link, int frames) {
        for (int i = 0; i < frames; i++) {
            String blanks = " ".repeat(i % 10 == 9 ? 3 * Partial.PART_BYTES : 0);
            link.send(Channel.OBJECTS, frame(i + blanks));
        }
    }

    // links at rest

    /** So many heartbeats; whatever they cause is over before the next one. */
    private void beats(int count) {
        for (int i = 0; i < count; i++) {
            time.advance(BEAT);
            while (!threads.areIdle() || !network.isIdle()) {
                Thread.yield();
            }
        }
    }

    private void letLinksRest() {
        beats(RuntimeLink.RESTING_INTERVALS + 1);
    }

    private void awaitEnds(int open) {
        while (network.open() != open) {
            Thread.yield();
        }
    }

    @Test
    public void aLinkThatNobodyUsesHasNoConnectionUntilSomebodyDoes() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Frames atParent = new Frames();
        Frames atChild = new Frames();
        parent.handle(Channel.OBJECTS, atParent);
        child.handle(Channel.OBJECTS, atChild);
        Events told = listen(child);
        Link up = child.to(parent.self());
        Link down = parent.to(child.self());
        for (int i = 0; i < 3; i++) {
            letLinksRest();
            awaitEnds(0);
            int sent = network.sent();
            beats(10);
            assertThat(network.sent()).as("no heartbeats").isEqualTo(sent);
            assertThat(up.route()).endsWith(", at rest");
            assertThat(up.isOpen()).isTrue();

            up.send(Channel.OBJECTS, frame("up " + i));
            assertThat(nextOf(atParent)).isEqualTo("child up " + i);
            assertThat(network.open()).isEqualTo(2);
            letLinksRest();
            awaitEnds(0);

            down.send(Channel.OBJECTS, frame("down " + i + " ".repeat(5 << 20)));
            assertThat(nextOf(atChild)).isEqualTo("parent down " + i);
        }
        assertThat(child.to(parent.self())).isSameAs(up);
        assertThat(parent.to(child.self())).isSameAs(down);
        beats(1);
        assertThat(told.noted).isEmpty();
    }

    @Test
    public void aLinkThatSomebodyNeedsKeepsItsConnection() throws Exception {
        for (boolean parentNeedsIt : new boolean[] {true, false}) {
            RuntimeLinks parent = runtime("parent");
            RuntimeLinks child = child("child", parent);
            Registration need = (parentNeedsIt ? parent : child).listen(needing());
            letLinksRest();
            letLinksRest();
            assertThat(network.open()).isEqualTo(2);

            need.close();
            letLinksRest();
            awaitEnds(0);
            closeAll();
            all.clear();
        }
    }

    private static LinkListener needing() {
        return new LinkListener() {
            @Override
            public boolean needs(Link link) {
                return true;
            }
        };
    }

    @Test
    public void aLinkAtRestGetsAConnectionWhenSomebodyNeedsIt() throws Exception {
        RuntimeLinks parent = runtime("parent");
        child("child", parent);
        letLinksRest();
        awaitEnds(0);
        parent.listen(needing());
        beats(1);
        awaitEnds(2);
    }

    @Test
    public void aSideThatCouldNotDialKeepsTheConnection() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = runtime("child");
        join(child, parent, parent.issue(MINUTE));
        network.leave(endpointOf(child));
        letLinksRest();
        assertThat(network.open()).isEqualTo(2);
    }

    @Test
    public void aRuntimeThatAcceptsNoConnectionsKeepsThoseItHas() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = outgoing(network);
        join(child, parent, parent.issue(MINUTE));
        letLinksRest();
        assertThat(network.open()).isEqualTo(2);
    }

    @Test
    public void aLinkWithARuntimeThatDoesNotKnowRestKeepsItsConnection() throws Exception {
        RuntimeLinks parent = runtime("parent", RuntimeId.random(random), new Versions(1, 3));
        RuntimeLinks child = runtime("child");
        join(child, parent, parent.issue(MINUTE));
        letLinksRest();
        assertThat(network.open()).isEqualTo(2);
    }

    @Test
    public void aLinkAtRestEndsWithinAnHourIfTheOtherSideHasGone() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Events atChild = listen(child);
        letLinksRest();
        awaitEnds(0);
        parent.close();
        assertThat(child.all()).as("nothing is known of it").hasSize(1);

        beats(RuntimeLink.FORGOTTEN_INTERVALS);

        assertThat(atChild.noted.take()).startsWith("closed parent: its connection was lost, and it is not resumed: ");
        assertThat(child.all()).isEmpty();
    }

    @Test
    public void whatIsSentWhileALinkGoesToRestArrives() throws Exception {
        for (int seed = 0; seed < 60; seed++) {
            Random order = new Random(seed);
            RuntimeLinks parent = runtime("parent");
            RuntimeLinks child = child("child", parent);
            Frames atParent = new Frames();
            Frames atChild = new Frames();
            parent.handle(Channel.OBJECTS, atParent);
            child.handle(Channel.OBJECTS, atChild);
            Link up = child.to(parent.self());
            Link down = parent.to(child.self());
            beats(RuntimeLink.RESTING_INTERVALS - 1);
            network.hold();
            time.advance(BEAT);
            time.advance(BEAT);
            for (int i = order.nextInt(8); i > 0; i--) {
                network.deliverOne(order);
                while (!threads.areIdle()) {
                    Thread.yield();
                }
            }
            up.send(Channel.OBJECTS, frame("up"));
            down.send(Channel.OBJECTS, frame("down"));
            network.release();

            assertThat(nextOf(atParent)).as("seed " + seed).isEqualTo("child up");
            assertThat(nextOf(atChild)).as("seed " + seed).isEqualTo("parent down");
            assertThat(up.isOpen() && down.isOpen()).as("seed " + seed).isTrue();
            closeAll();
            all.clear();
            network.ends().clear();
        }
    }

    /** Lets time pass until it comes, but not while anybody goes on without: so nobody is given up on a slow machine. */
    private String nextOf(Frames frames) throws InterruptedException {
        return nextOf(frames.received);
    }

    private String nextOf(BlockingQueue<String> received) throws InterruptedException {
        String next = received.poll();
        while (next == null) {
            if (threads.areIdle() && network.isIdle()) {
                time.advance(Duration.ofMillis(100));
            }
            next = received.poll(1, TimeUnit.MILLISECONDS);
        }
        return next;
    }

    /** Its connections carry on; none can be made. */
    private class Blockable implements Transport {

        private volatile boolean blocked;

        @Override
        public String name() {
            return network.name();
        }

        @Override
        public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
            return network.listen(endpoint, acceptor);
        }

        @Override
        public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
            if (blocked) {
                throw new IOException("nothing answers at " + endpoint);
            }
            return network.dial(endpoint, timeout, handler);
        }
    }

    /** Leads to everybody in the network. */
    private final class Gateway implements Transport {

        @Override
        public String name() {
            return "gateway";
        }

        @Override
        public boolean isIndirect() {
            return true;
        }

        @Override
        public Listener listen(Endpoint endpoint, Acceptor acceptor) {
            return new Listener() {
                @Override
                public Endpoint endpoint() {
                    return endpoint;
                }

                @Override
                public List<Endpoint> endpoints() {
                    return List.of();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public List<Endpoint> detours(Endpoint endpoint) {
            return endpoint.transport().equals(network.name()) ? List.of(to(endpoint)) : List.of();
        }

        Endpoint to(Endpoint endpoint) {
            return new Endpoint(name(), endpoint.host(), endpoint.port());
        }

        @Override
        public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
            return network.dial(new Endpoint(network.name(), endpoint.host(), endpoint.port()), timeout, handler);
        }
    }

    private RuntimeLinks outgoing(Transport... transports) {
        RuntimeLinks links = RuntimeLinks.outgoingOnly(
                new NamedRuntime(RuntimeId.random(random), "child"), ports, LinkSettings.DEFAULT, Enrolment.NONE);
        List.of(transports).forEach(links::addTransport);
        all.add(links);
        return links;
    }

    @Test
    public void aLinkThroughAGatewayIsResumedThroughIt() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Frames there = new Frames();
        parent.handle(Channel.OBJECTS, there);
        Gateway gateway = new Gateway();
        Blockable direct = new Blockable();
        direct.blocked = true;
        RuntimeLinks child = outgoing(direct, gateway);
        Link link = child.join(gateway.to(endpointOf(parent)), parent.issue(MINUTE), MINUTE);

        network.cut();
        link.send(Channel.OBJECTS, frame("after the cut"));

        assertThat(nextOf(there)).isEqualTo("child after the cut");
        assertThat(link.route()).startsWith("gateway ");
        assertThat(child.existing(parent.self().id())).containsSame(link);
    }

    @Test
    public void aLinkIsResumedThroughAGatewayWhenNoOtherWayIsLeft() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Frames there = new Frames();
        parent.handle(Channel.OBJECTS, there);
        Blockable direct = new Blockable();
        RuntimeLinks child = outgoing(direct, new Gateway());
        Link link = child.join(endpointOf(parent), parent.issue(MINUTE), MINUTE);
        assertThat(link.route()).startsWith("tcp ");

        direct.blocked = true;
        network.cut();
        link.send(Channel.OBJECTS, frame("after the cut"));

        assertThat(nextOf(there)).isEqualTo("child after the cut");
        assertThat(link.route()).startsWith("gateway ");
    }

    @Test
    public void whoeverHasALinkToARelayIsReachedThroughItAtOnce() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Events atParent = listen(parent);
        RuntimeLinks child = outgoing(new Blockable());
        child.join(endpointOf(parent), parent.issue(MINUTE), MINUTE).close("to be dialled again");
        assertThat(atParent.noted.take()).startsWith("opened");
        assertThat(atParent.noted.take()).startsWith("closed");
        assertThat(child.self().endpoints()).isEmpty();
        CountDownLatch looked = new CountDownLatch(1);
        network.whenAdmitted(peer -> {
            if (peer.endsWith(endpointOf(parent).toString())) {
                await(looked);
            }
        });
        try {
            child.to(parent.self());

            assertThat(child.self().endpoints()).extracting(Endpoint::transport).containsExactly("relay");
        } finally {
            looked.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    public void aFrameThatCameInPartsBelongsToItsHandler() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        BlockingQueue<ByteBuffer> kept = new LinkedBlockingQueue<>();
        parent.handle(Channel.OBJECTS, new FrameHandler() {
            @Override
            public void received(Link from, ByteBuffer frame) {
                throw new AssertionError("it is long");
            }

            @Override
            public void handedOver(Link from, ByteBuffer frame) {
                kept.add(frame);
            }
        });
        Link link = child.to(parent.self());
        List<ByteBuffer> sent = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] content = new byte[3 * Partial.PART_BYTES + i];
            random.nextBytes(content);
            sent.add(ByteBuffer.wrap(content));
            link.send(Channel.OBJECTS, ByteBuffer.wrap(content.clone()));
        }

        List<ByteBuffer> arrived = List.of(kept.take(), kept.take(), kept.take());
        assertThat(arrived).isEqualTo(sent);
    }

    /** Checks long frames, writes over them, and gives them back. */
    private static final class Overwriting implements FrameHandler {
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        @Override
        public void received(Link from, ByteBuffer frame) {
            throw new AssertionError("it is long");
        }

        @Override
        public void handedOver(Link from, ByteBuffer frame) {
            int number = frame.getInt(frame.position());
            boolean whole = frame.equals(longFrame(number, new byte[LONGEST]));
            received.add(number + (whole ? "" : " is damaged"));
            Arrays.fill(frame.array(), (byte) -1);
            from.giveBack(frame);
        }
    }

    private static final int LONGEST = 5 * Partial.PART_BYTES;

    /** Of a length and with a content that depend on the number. */
    private static ByteBuffer longFrame(int number, byte[] memory) {
        int length = Partial.PART_BYTES + 1 + number * 7919 % (LONGEST - Partial.PART_BYTES);
        for (int i = 0; i < length; i++) {
            memory[i] = (byte) (i * 31 + number);
        }
        return ByteBuffer.wrap(memory, 0, length).putInt(0, number);
    }

    private static void sendLong(Link link, int frames) {
        for (int i = 0; i < frames; i++) {
            link.send(Channel.OBJECTS, longFrame(i, link.memory(LONGEST)));
        }
    }

    @Test
    public void theMemoryOfLongFramesIsUsedAgainAndNoFrameIsHurtWhateverBreaks() throws Exception {
        int frames = 60;
        for (int seed = 0; seed < 20; seed++) {
            Random order = new Random(seed);
            RuntimeLinks parent = runtime("parent");
            RuntimeLinks low = child("low", parent, new RuntimeId(1, seed));
            RuntimeLinks high = child("high", parent, new RuntimeId(2, seed));
            Overwriting atLow = new Overwriting();
            Overwriting atHigh = new Overwriting();
            low.handle(Channel.OBJECTS, atLow);
            high.handle(Channel.OBJECTS, atHigh);
            Link down = low.to(high.self());
            Link up = high.to(low.self());
            network.awaitIdle();
            network.hold();
            Thread.startVirtualThread(() -> sendLong(down, frames));
            Thread.startVirtualThread(() -> sendLong(up, frames));
            for (int step = 0; step < 20; step++) {
                for (int i = order.nextInt(60); i > 0; i--) {
                    network.deliverOne(order);
                }
                if (order.nextInt(3) == 0) {
                    network.cut();
                } else {
                    time.advance(Duration.ofMillis(order.nextInt(100)));
                }
            }
            network.release();
            for (int i = 0; i < frames; i++) {
                assertThat(nextOf(atHigh.received)).as("seed %d", seed).isEqualTo(String.valueOf(i));
                assertThat(nextOf(atLow.received)).as("seed %d", seed).isEqualTo(String.valueOf(i));
            }
            closeAll();
            all.clear();
            network.ends().clear();
        }
    }

    @Test
    public void memoryOfLongFramesIsKeptAsLongAsTheLinkIsUsed() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Overwriting atParent = new Overwriting();
        parent.handle(Channel.OBJECTS, atParent);
        RuntimeLink link = (RuntimeLink) child.to(parent.self());
        RuntimeLink back = (RuntimeLink) parent.to(child.self());
        byte[] memory = link.memory(LONGEST);
        link.send(Channel.OBJECTS, longFrame(0, memory));
        assertThat(atParent.received.take()).isEqualTo("0");
        network.awaitIdle();
        assertThat(back.spareBytes()).as("what was given back").isPositive();
        assertThat(link.spareBytes())
                .as("the other side has not said that it has it")
                .isZero();
        beats(1);
        assertThat(link.memory(LONGEST)).as("the other side has").isSameAs(memory);

        beats(3);
        assertThat(back.spareBytes()).isZero();
        assertThat(link.memory(LONGEST)).isNotSameAs(memory);
    }

    @Test
    public void aLinkThatHasEndedOrRestsKeepsNoMemory() throws Exception {
        for (boolean rests : new boolean[] {true, false}) {
            RuntimeLinks parent = runtime("parent");
            RuntimeLinks child = child("child", parent);
            BlockingQueue<ByteBuffer> kept = new LinkedBlockingQueue<>();
            parent.handle(Channel.OBJECTS, new FrameHandler() {
                @Override
                public void received(Link from, ByteBuffer frame) {
                    throw new AssertionError("it is long");
                }

                @Override
                public void handedOver(Link from, ByteBuffer frame) {
                    kept.add(frame);
                }
            });
            RuntimeLink link = (RuntimeLink) child.to(parent.self());
            RuntimeLink back = (RuntimeLink) parent.to(child.self());
            link.send(Channel.OBJECTS, longFrame(0, link.memory(LONGEST)));
            link.send(Channel.OBJECTS, longFrame(1, link.memory(LONGEST)));
            ByteBuffer late = kept.take();
            if (rests) {
                kept.take();
                letLinksRest();
                awaitEnds(0);
                assertThat(back.route()).endsWith(", at rest");
            } else {
                back.giveBack(kept.take());
                assertThat(back.spareBytes()).isPositive();
                link.close("test");
                back.whenDisconnected().join();
                assertThat(back.spareBytes()).as("of a link that has ended").isZero();
            }
            back.giveBack(late);
            assertThat(back.spareBytes()).as("given back later").isZero();
            closeAll();
            all.clear();
        }
    }

    @Test
    public void nobodyIsGoneBecauseALinkIsClosed() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Events atChild = listen(child);
        Link link = child.to(parent.self());

        parent.all().getFirst().close("enough");

        assertThat(atChild.noted.take()).isEqualTo("closed parent: closed by parent: enough");
        assertThat(link.isPeerGone()).isFalse();
    }

    @Test
    public void aLinkEndsWhenWhoeverHadItIsGone() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Events atParent = listen(parent);
        RuntimeLinks child = child("child", parent);
        Events atChild = listen(child);
        assertThat(atParent.noted.take()).startsWith("opened child");
        Endpoint here = parent.self().endpoints().getFirst();
        Link link = child.to(parent.self());
        network.kill(here);

        assertThat(atChild.noted.take())
                .isEqualTo("closed parent: its connection was lost, and it is not resumed: " + here
                        + ": cannot connect to " + here + ": nobody listens");
        assertThatThrownBy(() -> link.send(Channel.OBJECTS, frame("x")))
                .isInstanceOf(LinkClosedException.class)
                .hasMessageContaining("nobody listens");
        assertThat(link.isPeerGone()).isTrue();
        network.kill(child.self().endpoints().getFirst());
        time.advance(Duration.ofSeconds(1));
        assertThat(atParent.noted.take())
                .as("the side that was dialled, within a second")
                .startsWith("closed child");
    }

    /** It says that it listens at places where nobody answers as well. */
    private final class ManyAddresses implements Transport {

        private final boolean alsoWhereItListens;
        private final List<Endpoint> silent = List.of(new Endpoint("10.9.9.8", 5), new Endpoint("10.9.9.9", 5));

        ManyAddresses(boolean alsoWhereItListens) {
            this.alsoWhereItListens = alsoWhereItListens;
        }

        @Override
        public String name() {
            return network.name();
        }

        @Override
        public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
            Listener real = network.listen(endpoint, acceptor);
            return new Listener() {
                @Override
                public Endpoint endpoint() {
                    return real.endpoint();
                }

                @Override
                public List<Endpoint> endpoints() {
                    return alsoWhereItListens ? List.of(silent.getFirst(), real.endpoint(), silent.getLast()) : silent;
                }

                @Override
                public void close() {
                    real.close();
                }
            };
        }

        @Override
        public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
            if (silent.contains(endpoint)) {
                throw new IOException("nothing answers at " + endpoint);
            }
            return network.dial(endpoint, timeout, handler);
        }
    }

    private RuntimeLinks withAddresses(String name, boolean alsoWhereItListens) {
        RuntimeLinks links = new RuntimeLinks(
                new NamedRuntime(RuntimeId.random(random), name),
                new ManyAddresses(alsoWhereItListens),
                ports,
                LinkSettings.DEFAULT,
                new Endpoint("memory", 0));
        all.add(links);
        return links;
    }

    private Link joinAt(Endpoint endpoint, RuntimeLinks child, RuntimeLinks parent) {
        Link link = child.join(endpoint, parent.issue(MINUTE), MINUTE);
        network.awaitIdle();
        return link;
    }

    @Test
    public void aRefusalWhereTheLostConnectionLedDecidesWhateverOtherAddressesThereAre() throws Exception {
        RuntimeLinks parent = withAddresses("parent", true);
        RuntimeLinks child = withAddresses("child", true);
        Endpoint here = parent.self().endpoints().get(1);
        Endpoint there = child.self().endpoints().get(1);
        joinAt(here, child, parent);
        Events atParent = listen(parent);
        Events atChild = listen(child);

        network.leave(there);
        network.kill(here);

        assertThat(atChild.noted.take())
                .as("the side that dialled; the others are not tried")
                .isEqualTo("closed parent: its connection was lost, and it is not resumed: " + here
                        + ": cannot connect to " + here + ": nobody listens");
        time.advance(Duration.ofSeconds(1));
        assertThat(atParent.noted.take())
                .as("the side that was dialled, within a second; the host is that of the connection")
                .isEqualTo("closed child: its connection was lost, and it is not resumed: " + there
                        + ": cannot connect to " + there + ": nobody listens");
    }

    @Test
    public void whereTheLostConnectionLedIsTriedShortlyIfItMayBeSilent() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Endpoint silent = new Endpoint(network.name(), "memory", 5); // the host from which the connection comes
        Endpoint good = new Endpoint(network.name(), "elsewhere", 6);
        List<Duration> limits = new CopyOnWriteArrayList<>();
        parent.removeTransport(network);
        parent.addTransport(new Blockable() {
            @Override
            public Connection dial(Endpoint endpoint, Duration timeout, ConnectionHandler handler) throws IOException {
                if (endpoint.equals(silent)) {
                    limits.add(timeout);
                    throw new IOException("nothing answers at " + endpoint);
                }
                return super.dial(endpoint, timeout, handler);
            }
        });
        Blockable ofChild = new Blockable() {
            @Override
            public Listener listen(Endpoint endpoint, Acceptor acceptor) throws IOException {
                Listener real = super.listen(good, acceptor);
                return new Listener() {
                    @Override
                    public Endpoint endpoint() {
                        return good;
                    }

                    @Override
                    public List<Endpoint> endpoints() {
                        return List.of(silent, good);
                    }

                    @Override
                    public void close() {
                        real.close();
                    }
                };
            }
        };
        RuntimeLinks child = new RuntimeLinks(
                new NamedRuntime(RuntimeId.random(random), "child"),
                ofChild,
                ports,
                LinkSettings.DEFAULT,
                new Endpoint("memory", 0));
        all.add(child);
        Frames atChild = new Frames();
        child.handle(Channel.OBJECTS, atChild);
        joinAt(endpointOf(parent), child, parent);
        Link link = parent.to(child.self());
        ofChild.blocked = true;

        network.cut();
        link.send(Channel.OBJECTS, frame("after the cut"));

        assertThat(nextOf(atChild)).isEqualTo("parent after the cut");
        assertThat(limits.getFirst()).isEqualTo(RuntimeLinks.SHORT_DIAL);
        assertThat(parent.to(child.self())).isSameAs(link);
    }

    /** A forwarded port, for example. */
    @Test
    public void aRefusalWhereTheOtherSideDoesNotSayThatItListensDecidesNothing() throws Exception {
        RuntimeLinks parent = withAddresses("parent", false);
        RuntimeLinks child = withAddresses("child", false);
        Endpoint forwarded = new Endpoint(network.name(), "memory", 1001);
        Link link = joinAt(forwarded, child, parent);
        assertThat(link.peer().endpoints()).doesNotContain(forwarded);
        Events atChild = listen(child);

        network.kill(forwarded);
        time.advance(LinkSettings.DEFAULT.silence().minusMillis(1));
        assertThat(link.isOpen()).isTrue();
        time.advance(Duration.ofMillis(1));

        assertThat(atChild.noted.take())
                .isEqualTo("closed parent: connection lost: cut; no other connection within 6000 ms");
    }

    @Test
    public void aLinkEndsWhenAnotherRuntimeHasTakenThePlace() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Events atChild = listen(child);
        Endpoint here = parent.self().endpoints().getFirst();
        child.to(parent.self());
        network.kill(here);
        new RuntimeLinks(
                new NamedRuntime(RuntimeId.random(random), "next"), network, ports, LinkSettings.DEFAULT, here);

        assertThat(atChild.noted.take()).startsWith("closed parent: its connection was lost, and it is not resumed: ");
    }

    @Test
    public void aLinkEndsWhenItsPeerIsNotBackInTime() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Events atChild = listen(child);
        Link link = child.to(parent.self());
        network.fallSilent();
        network.cut();
        network.awaitIdle();

        time.advance(LinkSettings.DEFAULT.silence().minusMillis(1));
        assertThat(link.isOpen()).isTrue();
        time.advance(Duration.ofMillis(1));

        assertThat(atChild.noted.take())
                .isEqualTo("closed parent: connection lost: cut; no other connection within 6000 ms");
    }

    /** Which does not count frames. */
    @Test
    public void aLinkWithARuntimeOfTheVersionBeforeEndsWithItsConnection() throws Exception {
        for (boolean parentIsOld : new boolean[] {true, false}) {
            RuntimeLinks parent = runtime("parent", RuntimeId.random(random), parentIsOld ? OLD : Versions.SPOKEN);
            RuntimeLinks child = runtime("child", RuntimeId.random(random), parentIsOld ? Versions.SPOKEN : OLD);
            join(child, parent, parent.issue(MINUTE));
            Events atChild = listen(child);
            Frames objects = new Frames();
            parent.handle(Channel.OBJECTS, objects);
            Link first = child.to(parent.self());
            first.send(Channel.OBJECTS, frame("one"));
            first.send(Channel.OBJECTS, frame("x".repeat(1 << 20)));
            assertThat(objects.received.take()).isEqualTo("child one");
            assertThat(objects.received.take()).hasSize("child ".length() + (1 << 20));
            for (int i = 0; i < 10; i++) {
                time.advance(BEAT);
                network.awaitIdle();
            }

            network.cut();

            assertThat(atChild.noted.take()).isEqualTo("closed parent: connection lost: cut");
            Link second = child.to(parent.self());
            assertThat(second).isNotSameAs(first);
            second.send(Channel.OBJECTS, frame("two"));
            assertThat(objects.received.take()).isEqualTo("child two");
            closeAll();
            all.clear();
        }
    }

    @Test
    public void aPeerThatFallsSilentIsGivenUp() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Events atParent = listen(parent);
        RuntimeLinks child = child("child", parent);
        assertThat(atParent.noted.take()).startsWith("opened child");
        Events atChild = listen(child);

        network.fallSilent();
        time.advance(BEAT.multipliedBy(LinkSettings.DEFAULT.missedHeartbeats()));
        assertThat(parent.all())
                .as("the beat in which it was heard last does not count")
                .hasSize(1);
        time.advance(BEAT);
        network.awaitIdle();
        time.advance(BEAT);

        assertThat(List.of(atParent.noted.take(), atChild.noted.take()))
                .as("one gives up and closes the connection, which the other may notice first")
                .anyMatch(event -> event.contains(": no sign of life for 4000 ms; no other connection within 2000 ms"))
                .allMatch(event -> event.startsWith("closed "));
    }

    /** The documented bound: three intervals until two were silent, and one for another connection. */
    @Test
    public void aPeerThatHangsIsGivenUpEightSecondsAfterItWasHeardLast() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);

        network.muffle(); // nor does one side hear that the other has given up
        network.fallSilent();
        time.advance(Duration.ofSeconds(8).minusNanos(1));
        assertThat(parent.all()).hasSize(1);
        assertThat(child.all()).hasSize(1);
        time.advance(Duration.ofNanos(1));

        assertThat(parent.all()).isEmpty();
        assertThat(child.all()).isEmpty();
    }

    @Test
    public void aConnectionThatDiedUnnoticedIsReplacedWithoutLoss() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Events atParent = listen(parent);
        RuntimeLinks child = child("child", parent);
        assertThat(atParent.noted.take()).startsWith("opened child");
        Events atChild = listen(child);
        Frames there = new Frames();
        Frames here = new Frames();
        parent.handle(Channel.OBJECTS, there);
        child.handle(Channel.OBJECTS, here);
        Link up = child.to(parent.self());
        Link down = parent.to(child.self());
        up.send(Channel.OBJECTS, frame("one"));
        assertThat(there.received.take()).isEqualTo("child one");
        network.awaitIdle();

        network.muffle();
        up.send(Channel.OBJECTS, frame("two"));
        down.send(Channel.OBJECTS, frame("three"));

        assertThat(nextOf(there)).isEqualTo("child two");
        assertThat(nextOf(here)).isEqualTo("parent three");
        assertThat(up.isOpen()).isTrue();
        assertThat(down.isOpen()).isTrue();
        assertThat(atParent.noted).as("nobody hears of it").isEmpty();
        assertThat(atChild.noted).isEmpty();
    }

    @Test
    public void heartbeatsKeepAQuietLinkOpen() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Link link = parent.to(child.self());
        for (int i = 0; i < 20; i++) {
            time.advance(BEAT);
            network.awaitIdle();
        }
        assertThat(link.isOpen()).isTrue();
        assertThat(child.existing(parent.self().id())).isPresent();
    }

    private void letBeatsPass(int beats) {
        for (int i = 0; i < beats; i++) {
            time.advance(BEAT);
            network.awaitIdle();
        }
    }

    @Test
    public void aLinkThatIsNotUsedBeatsHalfAsOften() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Events atParent = listen(parent);
        RuntimeLinks child = child("child", parent);
        assertThat(atParent.noted.take()).startsWith("opened child");
        Frames there = new Frames();
        parent.handle(Channel.OBJECTS, there);
        Link link = child.to(parent.self());
        letBeatsPass(10);
        int before = network.sent();
        letBeatsPass(40);
        assertThat(network.sent() - before).as("in both directions").isBetween(38, 42);

        link.send(Channel.OBJECTS, frame("used"));
        assertThat(there.received.take()).isEqualTo("child used");
        before = network.sent();
        letBeatsPass(4);
        assertThat(network.sent() - before).isBetween(6, 10);
        letBeatsPass(20);
        assertThat(link.isOpen()).isTrue();
        assertThat(network.ends())
                .as("of one connection, which was never replaced")
                .hasSize(2);
    }

    @Test
    public void aPeerThatFallsSilentWhileNothingGoesOverTheLinkIsGivenUpLater() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Events atParent = listen(parent);
        RuntimeLinks child = child("child", parent);
        assertThat(atParent.noted.take()).startsWith("opened child");
        Events atChild = listen(child);
        letBeatsPass(20);

        network.fallSilent();
        letBeatsPass(3);
        assertThat(child.all())
                .as("half as long it would be patient with a link in use")
                .hasSize(1);
        letBeatsPass(5);

        assertThat(List.of(atParent.noted.take(), atChild.noted.take()))
                .as("one gives up and closes the connection, which the other may notice first")
                .anyMatch(event -> event.contains(": no sign of life for 8000 ms; no other connection within 2000 ms"))
                .allMatch(event -> event.startsWith("closed "));
    }

    @Test
    public void aHandlerThatFailsClosesTheLink() throws Exception {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        Events atChild = listen(child);
        parent.handle(Channel.OBJECTS, (from, frame) -> {
            throw new IllegalStateException("no such body");
        });
        child.to(parent.self()).send(Channel.OBJECTS, frame("x"));
        assertThat(atChild.nextClosing()).startsWith("closed parent: ");
    }

    @Test
    public void aListenerThatFailsHurtsNobodyElse() throws Exception {
        RuntimeLinks parent = runtime("parent");
        parent.listen(new LinkListener() {
            @Override
            public void opened(Link link, Optional<String> tokenId) {
                throw new IllegalStateException("bad listener");
            }

            @Override
            public void closed(Link link, String reason) {
                throw new AssertionError("worse listener");
            }
        });
        Events events = listen(parent);
        RuntimeLinks child = child("child", parent);
        assertThat(events.noted.take()).startsWith("opened child");
        child.close();
        assertThat(events.noted.take()).startsWith("closed child");
    }

    @Test
    public void closingARuntimesLinksTellsAllOthersAndAdmitsNobody() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Events atParent = listen(parent);
        RuntimeLinks child = child("child", parent);
        assertThat(atParent.noted.take()).startsWith("opened child");
        Events atChild = listen(child);
        RuntimeAddress address = parent.self();

        parent.close();
        parent.close();

        assertThat(atChild.noted.take()).isEqualTo("closed parent: closed by parent: it stops");
        assertThat(parent.all()).isEmpty();
        assertThatThrownBy(() -> child.to(address)).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> parent.to(child.self()))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("has closed its links");
    }

    // those who do not play by the rules

    @Test
    public void aConnectionThatStaysSilentIsClosed() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Stranger stranger = new Stranger();
        network.dial(parent.self().endpoints().getFirst(), MINUTE, stranger);

        time.advance(LinkSettings.DEFAULT.handshake());

        assertThat(stranger.closed.take()).isEqualTo("closed by the other side");
    }

    @Test
    public void aConnectionThatTalksGarbageIsToldAndClosed() throws Exception {
        RuntimeLinks parent = runtime("parent");
        Stranger stranger = new Stranger();
        Connection connection = network.dial(parent.self().endpoints().getFirst(), MINUTE, stranger);

        connection.send(frame("GET / HTTP/1.1"));

        assertThat(stranger.frames.take()).contains("it sent a frame of type 69 out of turn");
        assertThat(stranger.closed.take()).isEqualTo("closed by the other side");
        assertThat(parent.all()).isEmpty();
    }

    @Test
    public void anEndpointThatAcceptsAndSaysNothingIsUnreachable() throws Exception {
        RuntimeLinks links = runtime("alone");
        Endpoint mute = network.listen(new Endpoint("memory", 0), connection -> new Stranger())
                .endpoint();
        CompletableFuture<Link> wanted = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                wanted.complete(links.to(new RuntimeAddress(RuntimeId.random(random), "mute", List.of(mute))));
            } catch (RuntimeException failed) {
                wanted.completeExceptionally(failed);
            }
        });
        while (!wanted.isDone()) {
            time.advance(LinkSettings.DEFAULT.handshake());
            Thread.yield();
        }
        assertThatThrownBy(wanted::join)
                .hasCauseInstanceOf(UnreachableException.class)
                .hasMessageContaining("the handshake was not finished within 5000 ms");
    }

    @Test
    public void aConnectionThatBreaksInTheHandshakeIsTriedAgain() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks one = child("one", parent);
        RuntimeLinks other = child("other", parent);
        network.breakNext(2);

        assertThat(one.to(other.self()).isOpen()).isTrue();
        assertThat(one.to(other.self()).peer().name()).isEqualTo("other");
    }

    @Test
    public void aPeerThatVanishesInTheHandshakeIsUnreachable() throws Exception {
        RuntimeLinks links = runtime("alone");
        Endpoint hanging = network.listen(new Endpoint("memory", 0), connection -> new Stranger() {
                    @Override
                    public void received(Connection from, ByteBuffer frame) {
                        from.close();
                    }
                })
                .endpoint();
        assertThatThrownBy(() -> links.to(new RuntimeAddress(RuntimeId.random(random), "gone", List.of(hanging))))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("the connection ended during the handshake: closed by the other side");
    }

    @Test
    public void saysThatItsPortIsTaken() {
        Endpoint taken = runtime("first").self().endpoints().getFirst();
        assertThatThrownBy(() -> new RuntimeLinks(
                        new NamedRuntime(RuntimeId.random(random), "second"),
                        network,
                        ports,
                        LinkSettings.DEFAULT,
                        taken))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen at " + taken);
    }

    /** Some program that is no runtime. */
    private static class Stranger implements ConnectionHandler {
        final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

        @Override
        public void received(Connection connection, ByteBuffer frame) {
            frames.add(new String(FrameReader.rest(frame)));
        }

        @Override
        public void closed(Connection connection, String reason) {
            closed.add(reason);
        }
    }

    // several transports

    @Test
    public void aRuntimeListensOnEachTransportThatIsAddedUntilItIsRemoved() {
        MemoryNetwork second = new MemoryNetwork("second");
        RuntimeLinks parent = runtime("parent");
        Endpoint first = endpointOf(parent);

        parent.addTransport(second);

        assertThat(parent.self().endpoints()).hasSize(2).first().isEqualTo(first);
        assertThat(parent.self().endpoints().getLast().transport()).isEqualTo("second");
        Endpoint added = parent.self().endpoints().getLast();
        parent.removeTransport(second);
        assertThat(parent.self().endpoints()).containsExactly(first);

        parent.addTransport(second);
        assertThat(parent.self().endpoints())
                .as("addresses from before are good again")
                .containsExactly(first, added);
    }

    @Test
    public void anEndpointIsDialledWithTheTransportItNames() {
        MemoryNetwork second = new MemoryNetwork("second");
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = runtime("child");
        parent.addTransport(second);
        child.addTransport(second);

        child.join(parent.self().endpoints().getLast(), parent.issue(MINUTE), MINUTE);

        assertThat(second.ends()).hasSize(2);
        assertThat(network.ends()).isEmpty();
        assertThat(child.resolve(parent.self().endpoints().getLast())).isEqualTo(parent.self());
    }

    @Test
    public void anEndpointOfATransportThatIsNotThereIsAnErrorThatSaysWhichAre() {
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        child.addTransport(new MemoryNetwork("second"));
        Endpoint strange = Endpoint.parse("pigeon@roof:1");

        assertThatThrownBy(() -> child.resolve(strange))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("pigeon@roof:1: this runtime has no transport 'pigeon'; it has 'second', 'tcp'");
        assertThatThrownBy(() -> child.join(strange, parent.issue(MINUTE), MINUTE))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("cannot join at pigeon@roof:1: this runtime has no transport 'pigeon'");
        RuntimeAddress elsewhere = new RuntimeAddress(RuntimeId.random(random), "loft", List.of(strange));
        assertThatThrownBy(() -> child.to(elsewhere))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("loft")
                .hasMessageContaining("this runtime has no transport 'pigeon'; it has 'second', 'tcp'");
    }

    @Test
    public void linksOverATransportThatIsRemovedCloseAndTheNextEndpointIsTried() throws Exception {
        MemoryNetwork second = new MemoryNetwork("second");
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        parent.addTransport(second);
        child.addTransport(second);
        RuntimeAddress address = parent.self();
        Events atChild = listen(child);
        Link before = child.to(address);

        child.removeTransport(network);

        assertThat(before.isOpen()).isFalse();
        assertThat(atChild.noted.take()).startsWith("closed parent: ").contains("transport 'tcp' is removed");
        Link after = child.to(address);
        assertThat(after.isOpen()).isTrue();
        assertThat(second.ends()).hasSize(2);
        child.addTransport(network);
        assertThat(child.to(address)).as("a link that is good stays").isSameAs(after);
    }

    @Test
    public void linksOverOtherTransportsStayWhenOneIsRemoved() {
        MemoryNetwork second = new MemoryNetwork("second");
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = child("child", parent);
        parent.addTransport(second);
        RuntimeLinks other = runtime("other");
        other.addTransport(second);
        Link overSecond = other.join(parent.self().endpoints().getLast(), parent.issue(MINUTE), MINUTE);
        second.awaitIdle();

        parent.removeTransport(second);

        assertThat(child.to(parent.self()).isOpen()).isTrue();
        assertThat(parent.all()).extracting(link -> link.peer().name()).containsExactly("child");
        second.awaitIdle();
        assertThat(overSecond.isOpen()).isFalse();
        parent.removeTransport(second); // once is enough
    }

    @Test
    public void aConnectionThatIsNoLinkYetEndsWithItsTransport() {
        MemoryNetwork second = new MemoryNetwork("second");
        RuntimeLinks parent = runtime("parent");
        RuntimeLinks child = runtime("child");
        parent.addTransport(second);
        child.addTransport(second);
        second.hold();
        CompletableFuture<Link> joining = CompletableFuture.supplyAsync(
                () -> child.join(parent.self().endpoints().getLast(), parent.issue(MINUTE), MINUTE));
        while (second.ends().isEmpty()) {
            Thread.onSpinWait();
        }

        child.removeTransport(second);

        assertThatThrownBy(joining::join)
                .hasCauseInstanceOf(UnreachableException.class)
                .hasMessageContaining("transport 'second'");
    }

    @Test
    public void twoTransportsOfOneNameAreAnErrorAndTheFirstStays() {
        RuntimeLinks parent = runtime("parent");

        assertThatThrownBy(() -> parent.addTransport(new MemoryNetwork()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a transport 'tcp' already");
        parent.removeTransport(new MemoryNetwork());

        assertThat(child("child", parent).all()).hasSize(1);
    }
}
