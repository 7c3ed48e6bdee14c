package org.actium.testkit;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyId;
import org.actium.object.api.Bracket;
import org.actium.object.api.Cache;
import org.actium.object.api.CreationException;
import org.actium.object.api.Immediate;
import org.actium.object.api.InitActive;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.Termination;
import org.actium.object.spi.CallPolicy;
import org.actium.object.spi.Delivered;
import org.actium.object.spi.Delivery;
import org.actium.object.spi.Mailbox;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ObjectRef;
import org.actium.object.spi.RecoverableBody;
import org.actium.object.spi.SenderId;
import org.actium.object.spi.StubMethod;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** What is asked of recoverable objects, and what a copy of one does. Messages go from hand to hand, and nothing is logged. */
public class RecoverableBodiesTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    private final Map<BodyId, byte[]> created = new ConcurrentHashMap<>();
    private final Map<BodyId, RecoverableBody> bodies = new ConcurrentHashMap<>();
    private EmbeddedRuntime runtime;
    private Registration delivering;
    private Runnable whenSomebodySends = () -> {};

    @Before
    public void makeAllObjectsRecoverable() {
        runtime = grid.runtime("test");
        delivering = runtime.recoverableBodies().deliverBy(new Delivery() {
            @Override
            public boolean recovers(Node node) {
                return true;
            }

            @Override
            public void created(BodyId object, Node node, byte[] state) {
                created.put(object, state);
                revive(object, state);
            }

            @Override
            public Mailbox mailbox(SenderId sender) {
                whenSomebodySends.run();
                return new ByHand(sender, runtime.links().self());
            }
        });
    }

    private RecoverableBody revive(BodyId object, byte[] state) {
        RecoverableBody body = runtime.recoverableBodies()
                .revive(
                        object,
                        state,
                        runtime.runtime().defaultNode(),
                        runtime.links().self());
        body.begin(new ByHand(new SenderId.OfBody(object), ObjectRef.ANYWHERE));
        bodies.put(object, body);
        return body;
    }

    /** Has everything served at once. */
    private final class ByHand implements Mailbox {
        private final SenderId sender;
        private final RuntimeAddress home;
        private final AtomicLong numbers = new AtomicLong();
        private final Map<Long, CompletableFuture<byte[]>> outcomes = new ConcurrentHashMap<>();

        ByHand(SenderId sender, RuntimeAddress home) {
            this.sender = sender;
            this.home = home;
        }

        @Override
        public long send(BodyId target, RuntimeAddress where, boolean oneWay, byte[] content) {
            long number = numbers.incrementAndGet();
            CompletableFuture<byte[]> outcome = new CompletableFuture<>();
            outcomes.put(number, outcome);
            bodies.get(target).serve(new Delivered(sender, home, number, oneWay, content), outcome::complete);
            return number;
        }

        @Override
        public void whenAnswered(long request, Consumer<byte[]> outcome) {
            outcomes.get(request).thenAccept(outcome);
        }
    }

    // ---- what is refused

    public static class Plain implements Serializable {
        private static final long serialVersionUID = 1;
        private int sum;

        public int add(int number) {
            sum += number;
            return sum;
        }

        public Number later() {
            return sum;
        }

        @Cache
        public int first() {
            return sum;
        }

        public int tries(Deed deed, Plain other) throws Exception {
            deed.doing.by(ActiveContext.current(), other);
            return sum;
        }
    }

    /** Holds what cannot be saved. */
    public static class Holder implements Serializable {
        private static final long serialVersionUID = 1;
        private final Pair pair = new Pair(1, new Object());

        public Object second() {
            return pair.second();
        }
    }

    public record Pair(int first, Object second) implements Serializable {}

    public static class Acting extends Plain implements InitActive {
        private static final long serialVersionUID = 1;

        @Override
        public void initActivity(ActiveContext context) {}
    }

    public static class Hasty extends Plain {
        private static final long serialVersionUID = 1;

        @Immediate
        public int now() {
            return 1;
        }
    }

    public static class Promising extends Plain {
        private static final long serialVersionUID = 1;

        public CompletableFuture<Integer> promise() {
            return CompletableFuture.completedFuture(1);
        }
    }

    @Test
    public void stateThatCannotBeSavedIsRefusedWithThePathToIt() {
        assertThatThrownBy(() -> grid.objects().newActive(Holder.class).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("Holder")
                .hasMessageContaining("pair.second");
    }

    @Test
    public void whatAnotherCopyWouldNotDoAgainIsRefusedAtCreation() {
        assertThatThrownBy(() -> grid.objects().newActive(Acting.class).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("initActivity");
        assertThatThrownBy(() -> grid.objects().newActive(Hasty.class).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("now()");
        assertThatThrownBy(() -> grid.objects().newActive(Promising.class).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("promise()");
        assertThatThrownBy(() -> grid.objects().turnActive(new Plain()).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("exists");
        assertThat(created).isEmpty();
    }

    /** What somebody does who must not. */
    public enum Deed {
        LOOK((self, other) -> self.futures().isAwaited(other.later())),
        WAIT_FOR_ANY((self, other) -> self.futures().waitForAny(List.of(other.later(), other.later()))),
        WAIT_FOR_LIMITED_TIME((self, other) -> self.futures().waitFor(other.later(), Duration.ofSeconds(1))),
        LIMIT((self, other) ->
                self.objects().withLimit(other, Duration.ofSeconds(1)).add(1)),
        BE_CALLED_BACK((self, other) -> self.futures().whenKnown(other.later(), value -> {})),
        HAVE_A_FUTURE_OF_THE_JDK((self, other) -> self.futures().async(() -> other.add(1))),
        CREATE((self, other) -> self.objects().newActive(Plain.class).start()),
        END((self, other) -> self.objects().terminate(other, Termination.NOW)),
        INTERRUPT((self, other) -> self.objects().interrupt(other)),
        PING((self, other) -> self.objects().ping(other, Duration.ofSeconds(1))),
        CHOOSE((self, other) -> self.service().requestCount()),
        REMEMBER((self, other) -> other.first()),
        COUNT_WHAT_IS_AWAITED((self, other) -> {
            try (Bracket bracket = self.objects().bracket(IllegalArgumentException.class)) {
                bracket.awaited();
            }
        }),
        THROW_WHAT_HAS_ARRIVED((self, other) -> {
            try (Bracket bracket = self.objects().bracket(IllegalArgumentException.class)) {
                bracket.throwArrived();
            }
        }),
        CALL((self, other) -> other.add(1)),
        NEST_BRACKETS((self, other) -> {
            try (Bracket outer = self.objects().bracket(IllegalArgumentException.class);
                    Bracket inner = self.objects().bracket(IllegalArgumentException.class)) {
                inner.await();
                outer.await();
            }
        });

        private final Doing doing;

        Deed(Doing doing) {
            this.doing = doing;
        }
    }

    private interface Doing {
        void by(ActiveContext self, Plain other) throws Exception;
    }

    /** Calls while it is constructed. */
    public static class Hurried extends Plain {
        private static final long serialVersionUID = 1;

        public Hurried() {}

        public Hurried(Plain other) {
            other.add(1);
        }
    }

    @Test
    public void whatAnotherCopyWouldNotDoAgainIsRefusedWhereItIsTried() {
        Map<Deed, String> refusals = new EnumMap<>(Map.ofEntries(
                entry(Deed.LOOK, "look whether a result is there"),
                entry(Deed.WAIT_FOR_ANY, "look whether a result is there"),
                entry(Deed.WAIT_FOR_LIMITED_TIME, "look whether a result is there"),
                entry(Deed.LIMIT, "limit how long it waits"),
                entry(Deed.BE_CALLED_BACK, "be called back when a result is there"),
                entry(Deed.HAVE_A_FUTURE_OF_THE_JDK, "get a future of the JDK"),
                entry(Deed.CREATE, "create others"),
                entry(Deed.END, "end others"),
                entry(Deed.INTERRUPT, "interrupt others"),
                entry(Deed.PING, "look whether others live"),
                entry(Deed.CHOOSE, "choose what it serves"),
                entry(Deed.REMEMBER, "whose first result its stub remembers"),
                entry(Deed.COUNT_WHAT_IS_AWAITED, "look whether a result is there"),
                entry(Deed.THROW_WHAT_HAS_ARRIVED, "look whether a result is there"),
                entry(Deed.NEST_BRACKETS, "look whether a result is there")));
        Plain one = grid.objects().newActive(Plain.class).named("one").start();
        Plain other = grid.objects().newActive(Plain.class).start();

        for (Deed deed : refusals.keySet()) {
            assertThatThrownBy(() -> one.tries(deed, other))
                    .as("%s", deed)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("one")
                    .hasMessageContaining(refusals.get(deed));
        }
    }

    @Test
    public void whoCallsByAPolicyIsRefused() {
        runtime.intercept((body, type, node) -> Optional.of(new MessageInterceptor() {
            @Override
            public CallPolicy calling(StubMethod method) {
                return new CallPolicy() {};
            }
        }));
        Plain one = grid.objects().newActive(Plain.class).start();
        Plain other = grid.objects().newActive(Plain.class).start();

        assertThatThrownBy(() -> one.tries(Deed.CALL, other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call by a policy");
    }

    @Test
    public void whoCallsInAConstructorIsNotCreated() {
        Plain other = grid.objects().newActive(Plain.class).start();

        assertThatThrownBy(() -> grid.objects().newActive(Hurried.class, other).start())
                .isInstanceOf(CreationException.class)
                .hasStackTraceContaining("call others in its constructor");
        assertThat(other.add(0)).as("nothing was called").isZero();
    }

    @Test
    public void nobodyEndsInterruptsOrPingsOne() {
        Plain one = grid.objects().newActive(Plain.class).start();

        assertThatThrownBy(() -> grid.objects().terminate(one, Termination.NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ended");
        assertThatThrownBy(() -> grid.objects().interrupt(one))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("interrupted");
        assertThatThrownBy(() -> grid.objects().ping(one, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pinged");
    }

    @Test
    public void howManyRequestsMayWaitTheNodeSays() {
        Node node = runtime.runtime().defaultNode();
        node.setProperty("actium.inbox.capacity", "7");
        Plain plain = grid.objects().newActive(Plain.class).start();
        assertThat(bodies.get(grid.objects().id(plain)).capacity()).isEqualTo(7);

        node.setProperty("actium.inbox.whenFull", "fail");
        assertThatThrownBy(() -> grid.objects().newActive(Plain.class).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("actium.inbox.whenFull");
    }

    @Test
    public void whoCallsWhileFaultToleranceLeavesDoesNotWaitForEver() {
        Plain plain = grid.objects().newActive(Plain.class).start();
        bodies.put(grid.objects().id(plain), new Silent());
        whenSomebodySends = delivering::close;

        assertThatThrownBy(() -> plain.add(1))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("fault tolerance has left runtime test");
    }

    /** Takes requests and answers none. */
    private static final class Silent implements RecoverableBody {
        @Override
        public void begin(Mailbox mailbox) {}

        @Override
        public void serve(Delivered request, Consumer<byte[]> outcome) {}

        @Override
        public State state() {
            throw new IllegalStateException("nobody asks for it");
        }

        @Override
        public int capacity() {
            return 1;
        }

        @Override
        public void stop(String why) {}
    }

    // ---- what copies do

    @Test
    public void aCopyHasTheStateThatTheOneBeforeHad() {
        Plain plain = grid.objects().newActive(Plain.class).start();
        BodyId id = grid.objects().id(plain);
        assertThat(plain.add(3)).isEqualTo(3);
        RecoverableBody.State state = bodies.get(id).state();
        plain.add(100);

        bodies.get(id).stop("replaced");
        revive(id, state.bytes());

        assertThat(plain.add(4)).as("through the same stub").isEqualTo(7);
        assertThat(state.awaited()).isEqualTo(Set.of());
    }
}
