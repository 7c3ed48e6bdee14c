package org.actium.remote.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.actium.codec.api.CodecException;
import org.actium.codec.java.JavaCodec;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.NoSuchRemoteObjectException;
import org.actium.remote.api.RemoteFailureException;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.spi.Ports;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class RemoteObjectTableTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final MemoryNetwork network = new MemoryNetwork();
    private final Random random = new Random(1);
    private final ManualTime time = new ManualTime();
    private final Ports ports = new Ports(time, new SystemThreads(), random);
    private final RuntimeLinks hereLinks = links("here");
    private final RuntimeLinks thereLinks = links("there");
    private final RemoteObjectTable here = new RemoteObjectTable(hereLinks, new JavaCodec(), ports.threads());
    private final RemoteObjectTable there = new RemoteObjectTable(thereLinks, new JavaCodec(), ports.threads());

    public RemoteObjectTableTest() {
        thereLinks.join(
                hereLinks.self().endpoints().getFirst(), hereLinks.issue(Duration.ofMinutes(1)), Duration.ofMinutes(1));
        network.awaitIdle(); // the one that accepted is done a moment later
    }

    private RuntimeLinks links(String name) {
        return new RuntimeLinks(
                new NamedRuntime(RuntimeId.random(random), name),
                network,
                ports,
                LinkSettings.DEFAULT,
                new Endpoint("memory", 0));
    }

    @After
    public void closeAll() {
        network.release();
        here.close();
        there.close();
        hereLinks.close();
        thereLinks.close();
    }

    record Parcel(String label, List<Integer> content) implements Serializable {}

    /** Package-private, as contracts between the parts of one bundle are. */
    interface Depot {
        int add(int a, int b);

        Parcel pack(String label, int... content);

        Optional<Parcel> find(String label);

        void store(List<String> labels);

        Object anything(Object value);

        String slow() throws InterruptedException;

        void fail(String how) throws IOException;

        default String describe() {
            return "default of the interface";
        }
    }

    interface OtherDepot {
        int add(int a, int b);
    }

    /** Holds what it was given. */
    private static class Store implements Depot {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch mayGo = new CountDownLatch(1);
        final List<Thread> threads = new ArrayList<>();
        List<String> stored;

        @Override
        public int add(int a, int b) {
            threads.add(Thread.currentThread());
            return a + b;
        }

        @Override
        public Parcel pack(String label, int... content) {
            return new Parcel(label, Arrays.stream(content).boxed().toList());
        }

        @Override
        public Optional<Parcel> find(String label) {
            return Optional.empty();
        }

        @Override
        public void store(List<String> labels) {
            stored = labels;
            labels.add("touched");
        }

        @Override
        public Object anything(Object value) {
            return value instanceof String ? new Object() : value;
        }

        @Override
        public String slow() throws InterruptedException {
            entered.countDown();
            mayGo.await();
            return "done";
        }

        @Override
        public void fail(String how) throws IOException {
            switch (how) {
                case "checked" -> throw new IOException("disk full");
                case "foreign" -> throw new ForeignException("cannot travel");
                default -> throw new IllegalStateException(how);
            }
        }

        @Override
        public String describe() {
            return "store";
        }
    }

    static final class ForeignException extends RuntimeException {
        @SuppressWarnings("unused")
        private final Object notSerializable = new Object();

        ForeignException(String message) {
            super(message);
        }
    }

    private final Store store = new Store();

    private Depot remote() {
        there.export(Depot.class, "depot", store);
        return here.at(thereLinks.self(), Depot.class, "depot");
    }

    @Test
    public void callsAcrossALink() {
        Depot depot = remote();
        assertThat(depot.add(2, 3)).isEqualTo(5);
        assertThat(depot.pack("p", 1, 2)).isEqualTo(new Parcel("p", List.of(1, 2)));
        assertThat(depot.find("x")).isEmpty();
        depot.store(new ArrayList<>(List.of("a")));
        assertThat(store.stored).containsExactly("a", "touched");
        assertThat(depot.anything(null)).isNull();
        assertThat(depot.describe()).isEqualTo("store");
    }

    @Test
    public void dialsWhenThereIsNoLink() {
        Depot depot = remote();
        hereLinks.to(thereLinks.self()).close("test");
        assertThat(depot.add(1, 1)).isEqualTo(2);
    }

    @Test
    public void aFrameThatMakesNoSenseClosesTheLink() throws Exception {
        byte[] call = {1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 1, 'x', 0, 0, 0, 1, 'y'};
        byte[] ofNoKnownKind = call.clone();
        ofNoKnownKind[0] = 77;
        Depot depot = remote();
        List<byte[]> garbage = new ArrayList<>(List.of(ofNoKnownKind));
        for (int length = 0; length < call.length; length++) {
            garbage.add(Arrays.copyOf(call, length));
        }
        for (byte[] frame : garbage) {
            CompletableFuture<String> closed = new CompletableFuture<>();
            Link link = hereLinks.to(thereLinks.self());
            Registration listening = thereLinks.listen(new LinkListener() {
                @Override
                public void closed(Link which, String reason) {
                    closed.complete(which.peer().name() + ": " + reason);
                }
            });
            link.send(Channel.REMOTE_OBJECTS, ByteBuffer.wrap(frame));

            assertThat(closed.get()).startsWith("here: a frame could not be handled: ");
            listening.close();
            while (link.isOpen()) { // it hears of that a moment later, or finds out when it dials again after a pause
                time.advance(Duration.ofMillis(10));
                Thread.yield();
            }
            assertThat(depot.add(2, 3)).as("over another link").isEqualTo(5);
        }
    }

    @Test
    public void servesCallsBesideEachOtherOnVirtualThreads() throws Exception {
        Depot depot = remote();
        CompletableFuture<String> slow = inBackground(depot::slow);
        store.entered.await();

        assertThat(depot.add(1, 2)).as("while another call is being served").isEqualTo(3);
        assertThat(store.threads).isNotEmpty().allMatch(Thread::isVirtual);
        store.mayGo.countDown();
        assertThat(slow.get()).isEqualTo("done");
    }

    @Test
    public void manyCallsGetTheirOwnAnswers() throws Exception {
        Depot depot = remote();
        List<CompletableFuture<Object>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int number = i;
            answers.add(inBackground(() -> depot.anything(number)));
        }
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get()).isEqualTo(i);
        }
    }

    private interface Call<T> {
        T make() throws Exception;
    }

    private static <T> CompletableFuture<T> inBackground(Call<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                result.complete(call.make());
            } catch (Throwable failed) {
                result.completeExceptionally(failed);
            }
        });
        return result;
    }

    // failures of the object

    @Test
    public void whatTheObjectThrowsArrivesWithBothStacks() {
        Depot depot = remote();
        assertThatThrownBy(() -> depot.fail("checked"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("disk full")
                .satisfies(RemoteObjectTableTest::hasBothStacks);
        assertThatThrownBy(() -> depot.fail("full"))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("full")
                .satisfies(RemoteObjectTableTest::hasBothStacks);
    }

    @Test
    public void anExceptionThatCannotTravelArrivesInWords() {
        Depot depot = remote();
        assertThatThrownBy(() -> depot.fail("foreign"))
                .isInstanceOf(RemoteFailureException.class)
                .hasMessage(ForeignException.class.getName() + ": cannot travel")
                .satisfies(RemoteObjectTableTest::hasBothStacks)
                .extracting(failure -> ((RemoteFailureException) failure).exceptionClass())
                .isEqualTo(ForeignException.class.getName());
    }

    private static void hasBothStacks(Throwable failure) {
        assertThat(Arrays.stream(failure.getStackTrace()).map(StackTraceElement::toString))
                .anyMatch(element -> element.contains("Store.fail"))
                .anyMatch(element -> element.contains("remote call.depot.fail on there"))
                .anyMatch(element -> element.contains("RemoteObjectTableTest.")
                        && (element.contains("Arrives") || element.contains("lambda")));
    }

    @Test
    public void namesWhatCannotBeSent() {
        Depot depot = remote();
        assertThatThrownBy(() -> depot.anything(new ArrayList<>(List.of(new Object()))))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith(
                        "arguments of depot.anything: value[0][0] (java.lang.Object) is not serializable");
        assertThatThrownBy(() -> depot.anything("an object, please"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("java.lang.Object");
    }

    // failures on the way

    @Test
    public void saysThatTheObjectIsNotOffered() {
        Depot depot = here.at(thereLinks.self(), Depot.class, "depot");
        assertThatThrownBy(() -> depot.add(1, 2))
                .isInstanceOf(NoSuchRemoteObjectException.class)
                .hasMessageContaining("depot.add on there")
                .hasMessageContaining("offers no remote object of that name");
        Registration registration = there.export(Depot.class, "depot", store);
        assertThat(depot.add(1, 2)).isEqualTo(3);
        registration.close();
        assertThatThrownBy(() -> depot.add(1, 2)).isInstanceOf(NoSuchRemoteObjectException.class);
    }

    @Test
    public void saysThatTheContractIsAnother() {
        there.export(OtherDepot.class, "depot", (a, b) -> 0);
        Depot depot = here.at(thereLinks.self(), Depot.class, "depot");
        assertThatThrownBy(() -> depot.add(1, 2))
                .isInstanceOf(NoSuchRemoteObjectException.class)
                .hasMessageContaining("it offers " + OtherDepot.class.getName());
    }

    @Test
    public void aCallWhoseLinkIsLostHasAnUnknownOutcome() throws Exception {
        Depot depot = remote();
        CompletableFuture<String> slow = inBackground(depot::slow);
        store.entered.await();

        network.kill(hereLinks.self().endpoints().getFirst());
        network.kill(thereLinks.self().endpoints().getFirst());
        time.advance(Duration.ofSeconds(1));

        assertThatThrownBy(slow::get)
                .cause()
                .isInstanceOf(LinkClosedException.class)
                .hasMessageContaining("depot.slow on there")
                .hasMessageContaining("nobody listens");
        store.mayGo.countDown();
    }

    @Test
    public void aCallThatIsNotSentIsUnreachable() {
        RuntimeAddress nowhere = new RuntimeAddress(new RuntimeId(1, 2), "nowhere", List.of());
        assertThatThrownBy(() -> here.at(nowhere, Depot.class, "depot").add(1, 2))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    public void aRuntimeThatDoesNotServeRemoteObjectsYetIsUnreachable() {
        there.close();
        Depot depot = here.at(thereLinks.self(), Depot.class, "depot");
        assertThatThrownBy(() -> depot.add(1, 2))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("does not serve remote objects, or not yet");
    }

    @Test
    public void anInterruptEndsTheWait() throws Exception {
        Depot depot = remote();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = Thread.startVirtualThread(() -> {
            try {
                depot.slow();
            } catch (CancellationException expected) {
                interrupted.complete(Thread.currentThread().isInterrupted());
            } catch (InterruptedException unexpected) {
                interrupted.completeExceptionally(unexpected);
            }
        });
        store.entered.await();

        caller.interrupt();

        assertThat(interrupted.get()).isTrue();
        store.mayGo.countDown();
    }

    @Test
    public void closingFailsTheCallsThatWait() throws Exception {
        Depot depot = remote();
        CompletableFuture<String> slow = inBackground(depot::slow);
        store.entered.await();

        here.close();

        assertThatThrownBy(slow::get).cause().isInstanceOf(LinkClosedException.class);
        assertThatThrownBy(() -> depot.add(1, 2)).isInstanceOf(LinkClosedException.class);
        store.mayGo.countDown();
    }

    // on the same runtime

    @Test
    public void callsWithinTheRuntimeCopyArgumentsAndResults() {
        here.export(Depot.class, "depot", store);
        Depot depot = here.at(hereLinks.self(), Depot.class, "depot");
        List<String> labels = new ArrayList<>(List.of("a"));

        depot.store(labels);

        assertThat(labels).containsExactly("a");
        assertThat(store.stored).containsExactly("a", "touched");
        List<String> result = new ArrayList<>(List.of("x"));
        assertThat(depot.anything(result)).isEqualTo(result).isNotSameAs(result);
        assertThatThrownBy(() -> depot.fail("checked")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> depot.anything("an object, please")).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> here.at(hereLinks.self(), Depot.class, "other").add(1, 2))
                .isInstanceOf(NoSuchRemoteObjectException.class);
    }

    // names and contracts

    @Test
    public void aNameIsTakenOnce() {
        there.export(Depot.class, "depot", store);
        assertThatThrownBy(() -> there.export(Depot.class, "depot", new Store()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'depot'");
    }

    @Test
    public void aContractIsAnInterface() {
        assertThatThrownBy(() -> there.export(Store.class, "depot", store))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not an interface");
    }

    @Test
    public void proxiesOfOneObjectAreEqual() {
        Depot depot = remote();
        assertThat(here.at(thereLinks.self(), Depot.class, "depot"))
                .isEqualTo(depot)
                .hasSameHashCodeAs(depot);
        assertThat(here.at(thereLinks.self(), Depot.class, "other")).isNotEqualTo(depot);
        assertThat(depot.equals(null)).isFalse();
        assertThat(depot).hasToString("Depot 'depot' on " + thereLinks.self().id());
    }
}
