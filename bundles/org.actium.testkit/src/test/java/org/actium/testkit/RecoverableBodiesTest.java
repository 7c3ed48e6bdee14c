package org.actium.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyId;
import org.actium.object.api.CreationException;
import org.actium.object.api.Immediate;
import org.actium.object.api.InitActive;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.spi.Delivered;
import org.actium.object.spi.Delivery;
import org.actium.object.spi.Mailbox;
import org.actium.object.spi.ObjectRef;
import org.actium.object.spi.RecoverableBody;
import org.actium.object.spi.SenderId;
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

        public boolean polls(Plain other) {
            return ActiveContext.current().futures().isAwaited(other.later());
        }

        public void creates() {
            ActiveContext.current().objects().newActive(Plain.class).start();
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

    @Test
    public void whatAnotherCopyWouldNotDoAgainIsRefusedWhereItIsTried() {
        Plain one = grid.objects().newActive(Plain.class).start();
        Plain other = grid.objects().newActive(Plain.class).start();

        assertThatThrownBy(() -> one.polls(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("look whether a result is there");
        assertThatThrownBy(() -> grid.objects().ping(one, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pinged");
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
