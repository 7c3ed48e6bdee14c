package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.actium.codec.api.CodecException;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.Bracket;
import org.actium.object.api.Cache;
import org.actium.object.api.Creation;
import org.actium.object.api.CreationException;
import org.actium.object.api.Termination;
import org.actium.object.guest.Heir;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Creation in all forms, on the caller's runtime and on another one. */
public class CreationTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime caller = new TestRuntime("caller", network);
    private final TestRuntime other = new TestRuntime("other", network);
    private final Node far = other.runtime.createNode("far", Optional.empty());

    @After
    public void stop() {
        other.close();
        caller.close();
        network.close();
    }

    private ActiveObjects objects() {
        return caller.objects;
    }

    /** What a box does. */
    public interface Box<T> {
        void put(T item);

        T item();

        String text();
    }

    /** One that must not be extended. */
    public static final class SteelBox<T extends Serializable> implements Box<T>, Serializable {
        private static final long serialVersionUID = 1;
        private final List<T> items = new ArrayList<>();

        @Override
        public void put(T item) {
            items.add(item);
        }

        @Override
        public T item() {
            return items.getLast();
        }

        @Override
        public String text() {
            return items.toString();
        }
    }

    /** A record that can be active behind its interface. */
    public record Tag(String text) implements Box<String>, Serializable {
        @Override
        public void put(String item) {}

        @Override
        public String item() {
            return text;
        }
    }

    /** Knows its enclosing test. */
    public class Inner {
        public int size() {
            return shared.size();
        }
    }

    private final List<String> shared = new ArrayList<>(List.of("of the test"));

    /** Not serializable. */
    public static class Bound {
        private final Object socket = new Object();
        private final AtomicInteger calls;
        final int born = 5;

        Bound(AtomicInteger calls) {
            this.calls = calls;
        }

        public int count() {
            return calls.incrementAndGet();
        }

        int born() {
            return born;
        }

        public Supplier<String> turnMyself() {
            return () -> socket.toString();
        }

        public String tryToTurnMyself() {
            try {
                ActiveContext.current().objects().turnActive(this);
                return "turned";
            } catch (IllegalArgumentException refused) {
                return refused.getMessage();
            }
        }
    }

    /** Remembers what it said. */
    public static class Oracle implements Serializable {
        private static final long serialVersionUID = 1;
        private int asked;

        @Cache
        public Counter.Count answer() {
            asked++;
            if (asked == 1) {
                throw new IllegalStateException("not in the mood");
            }
            return new Counter.Count(asked);
        }

        @Cache
        public String word() {
            asked++;
            return "word " + asked;
        }

        @Cache
        public String silence() {
            asked++;
            return null;
        }

        public int asked() {
            return asked;
        }
    }

    /** Futures of the JDK as results. */
    public static class Promises {
        private final CompletableFuture<Counter.Count> open = new CompletableFuture<>();

        public CompletableFuture<Counter.Count> later() {
            return open;
        }

        public void keep(int value) {
            open.complete(new Counter.Count(value));
        }

        public void breakIt() {
            open.completeExceptionally(new IllegalStateException("broken"));
        }

        public Future<Integer> task() {
            FutureTask<Integer> task = new FutureTask<>(() -> 7);
            task.run();
            return task;
        }

        public Future<Integer> nothing() {
            return null;
        }
    }

    @Test // row 2
    public void anObjectTurnedActiveHereIsThatVeryObject() {
        AtomicInteger calls = new AtomicInteger();
        Bound object = new Bound(calls);

        Bound stub = objects().turnActive(object).named("bound").start();

        assertThat(stub.count()).isEqualTo(1);
        assertThat(calls).as("shared, not copied").hasValue(1);
        assertThat(objects().isActive(stub)).isTrue();
        assertThat(objects().objects().getFirst().name()).isEqualTo("bound");
    }

    @Test // row 16
    public void aStubRunsNoInitializerOverWhatTheObjectHolds() {
        Bound stub = objects().turnActive(new Bound(new AtomicInteger())).start();

        assertThat(stub.born()).isEqualTo(5);
    }

    @Test // row 4
    public void anObjectTurnedActiveElsewhereIsACopy() {
        SteelBox<String> object = new SteelBox<>();
        object.put("before");

        Box<?> stub = objects().turnActive(object).as(Box.class).on(far).start();
        object.put("afterwards");

        assertThat(stub.text()).isEqualTo("[before]");
        assertThat(other.objects.objects()).extracting(info -> info.type()).containsExactly(SteelBox.class.getName());
    }

    @Test
    public void anObjectThatCannotTravelIsNotTurnedActiveElsewhere() {
        Creation<Bound> elsewhere =
                objects().turnActive(new Bound(new AtomicInteger())).on(far);

        assertThatThrownBy(elsewhere::start)
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("object to be turned active")
                .hasMessageContaining(Bound.class.getName() + ") is not serializable");
    }

    @Test // row 15
    public void anInnerClassCanBeTurnedActiveButNotCreated() {
        Inner stub = objects().turnActive(new Inner()).start();
        shared.add("added later");

        assertThat(stub.size()).isEqualTo(2);
        assertThatThrownBy(() -> objects().newActive(Inner.class).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("it is an inner class, which needs an enclosing object; make it static, or turn");
        assertThatThrownBy(() -> objects().turnActive(new Inner()).on(far).start())
                .isInstanceOf(CodecException.class);
    }

    @Test
    public void anObjectIsActiveOnceAtATime() {
        Bound object = new Bound(new AtomicInteger());
        Bound stub = objects().turnActive(object).start();

        assertThatThrownBy(() -> objects().turnActive(object).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("cannot be turned active twice");
        assertThatThrownBy(() -> objects().turnActive(stub))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("a stub of bound-\\d+ cannot be turned active: it is active already");
        assertThat(stub.tryToTurnMyself()).endsWith("cannot be turned active: it is active already");

        objects().terminate(stub, Termination.NOW);
        assertThatThrownBy(stub::count).isInstanceOf(BodyTerminatedException.class);
        while (!objects().objects().isEmpty()) { // until the deadline: calls are refused before the object is let go
            Thread.onSpinWait();
        }
        assertThat(objects().turnActive(object).start().count()).isEqualTo(1);
    }

    @Test // rows 173, 174
    public void whatIsFinalIsActiveBehindAnInterface() {
        assertThatThrownBy(() -> objects().newActive(SteelBox.class).start())
                .hasMessage("class " + SteelBox.class.getName() + " cannot be active: class " + SteelBox.class.getName()
                        + " is final; call it through an interface that it implements: as(…)");
        for (Node node : List.of(caller.runtime.defaultNode(), far)) {
            @SuppressWarnings("unchecked")
            Box<String> box =
                    objects().newActive(SteelBox.class).as(Box.class).on(node).start();
            box.put("a");
            @SuppressWarnings("unchecked")
            Box<String> tag =
                    objects().newActive(Tag.class, "t").as(Box.class).on(node).start();

            assertThat(box.item()).isEqualTo("a");
            assertThat(tag.text()).isEqualTo("t");
            assertThat(tag).as("who knows the other through others").isEqualTo(tag);
        }
    }

    @Test
    public void whatCannotBeActiveIsToldByTheRuleItBreaks() {
        assertRefused(Box.class, "it is an interface; name a class that implements it, and the interface by as(…)");
        assertRefused(Number.class, "it belongs to the JDK");
        assertRefused(Termination.class, "it is an enum, whose values are the same for everybody");
        assertRefused(int.class, "it is primitive");
        assertRefused(int[].class, "it is an array");
        assertRefused(Override.class, "it is an annotation");
        assertRefused(StubBase.class, "it is abstract; name a class that extends it, and this one by as(…)");
        assertRefused(new Object() {}.getClass(), "it is anonymous; give the class a name, or turn the object active");
        class Local {}
        assertRefused(Local.class, "it is declared in a method");
        assertThatThrownBy(
                        () -> objects().newActive(Counter.class).as(Box.class).start())
                .hasMessage("class " + Counter.class.getName() + " cannot be active: it should be called as "
                        + Box.class.getName() + ", but is none");
        assertThatThrownBy(() -> objects().newActive(Counter.class, (Object[]) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("(Object) null");
        assertThatThrownBy(() -> objects().turnActive(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    public void whatCanHaveNoStubInItsPackageIsNotEvenMade() {
        assertThatThrownBy(() -> objects().newActive(Heir.class).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("its method hidden returns ")
                .hasMessageEndingWith("which package org.actium.object.guest does not see");
        assertThat(objects().objects()).isEmpty();
    }

    /** Only to be extended. */
    public abstract static class StubBase {}

    private void assertRefused(Class<?> type, String why) {
        assertThatThrownBy(() -> objects().newActive(type).start())
                .isInstanceOf(CreationException.class)
                .hasMessageStartingWith("class " + type.getTypeName() + " cannot be active: " + why);
    }

    @Test
    public void aLambdaIsActiveBehindItsInterface() {
        List<String> said = new ArrayList<>();
        Runnable lambda = () -> said.add("hello");

        assertThatThrownBy(() -> objects().turnActive(lambda).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("is a hidden class; call it through an interface that it implements: as(…)");
        objects().turnActive(lambda).as(Runnable.class).start().run();
    }

    @Test // rows 6, 8
    public void oneObjectOnEachNodeWithArgumentsOfItsOwn() {
        List<Node> nodes = List.of(caller.runtime.defaultNode(), far, far);

        List<Counter> counters =
                objects().newActiveOnEach(nodes, Counter.class, new Object[] {1}, new Object[] {2}, new Object[] {3});

        assertThat(counters).extracting(Counter::value).containsExactly(1, 2, 3);
        assertThat(counters).extracting(Counter::whereAmI).containsExactly("default", "far", "far");
        assertThat(objects().newActiveOnEach(nodes, Counter.class))
                .extracting(Counter::value)
                .containsOnly(0);
        assertThatThrownBy(() -> objects().newActiveOnEach(nodes, Counter.class, new Object[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("on 3 nodes need as many arrays of arguments, not 1");
    }

    @Test
    public void ofSeveralCreationsAllFailuresAreToldAndNothingIsLeft() {
        List<Node> nodes = List.of(caller.runtime.defaultNode(), far, far);
        Object[] wrong = {"sheep"};

        assertThatThrownBy(() -> objects().newActiveOnEach(nodes, Counter.class, wrong, new Object[] {1}, wrong))
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("2 of 3 were not created, and the others are ended; node default: ")
                .hasMessageContaining("; node far: ")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(2));
        while (!other.objects.objects().isEmpty()) {
            Thread.onSpinWait(); // its end is on its way
        }
    }

    @Test // row 176
    public void aStubRemembersTheFirstResultOfACachedMethod() {
        Oracle oracle = objects().newActive(Oracle.class).on(far).start();

        Counter.Count failed = oracle.answer();
        assertThatThrownBy(failed::value).hasMessage("not in the mood");
        Counter.Count answer = oracle.answer();

        assertThat(answer.value()).isEqualTo(2);
        assertThat(oracle.answer()).isSameAs(answer);
        assertThat(oracle.word()).isSameAs(oracle.word()).isEqualTo("word 3");
        assertThat(oracle.silence()).isNull();
        assertThat(oracle.silence()).isNull();
        assertThat(oracle.asked()).isEqualTo(4);
    }

    @Test
    public void aDeclaredFutureIsCompletedWhenTheObjectCompletesIts() throws Exception {
        for (Node node : List.of(caller.runtime.defaultNode(), far)) {
            Promises promises = objects().newActive(Promises.class).on(node).start();
            CompletableFuture<Counter.Count> later = promises.later();
            promises.keep(3);

            assertThat(later.get().value()).isEqualTo(3);
            assertThat(promises.later().get().value())
                    .as("it is complete already")
                    .isEqualTo(3);
            assertThat(promises.task().get()).isEqualTo(7);
            assertThat(promises.nothing().get()).isNull();
        }
    }

    @Test
    public void aDeclaredFutureFailsWithWhatItFailedWith() {
        Promises promises = objects().newActive(Promises.class).on(far).start();
        CompletableFuture<Counter.Count> later = promises.later();
        promises.breakIt();

        assertThatThrownBy(later::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("broken");
    }

    /** Can be written, but not read. */
    public static class Sealed implements Serializable {
        private static final long serialVersionUID = 1;

        private void readObject(ObjectInputStream in) throws IOException {
            throw new InvalidObjectException("sealed at " + in.available());
        }
    }

    /** Does nothing. */
    public static class Opener {
        public Opener(Sealed argument) {}
    }

    @Test
    public void argumentsThatCannotBeReadAreNotBlamedOnTheConstructor() {
        assertThatThrownBy(() ->
                        objects().newActive(Opener.class, new Sealed()).on(far).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("active object of class " + Opener.class.getName() + " on node far"
                        + " was not created: its arguments cannot be read there: ")
                .hasMessageNotContaining("threw");
        assertThat(other.objects.objects()).isEmpty();
    }

    @Test
    public void explainsCallsToUsers() throws NoSuchMethodException {
        assertThat(objects().explain(Counter.class, Counter.class.getMethod("count")))
                .isEqualTo("Counter.count is asynchronous, with a transparent future for its result");
        assertThatThrownBy(() -> objects().explain(Tag.class, Tag.class.getMethod("text")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("calls are made through stubs, but class " + Tag.class.getName() + " is a record");
    }

    /** Each creates the next one in its constructor. */
    public static class Nested implements Serializable {
        private static final long serialVersionUID = 1;
        private final Nested next;

        public Nested(int more) {
            next = more == 0
                    ? null
                    : ActiveContext.current()
                            .objects()
                            .newActive(Nested.class, more - 1)
                            .start();
        }

        public int depth() {
            return next == null ? 1 : 1 + next.depth();
        }
    }

    @Test
    public void constructorsMayCreateInTurnDeeperThanAStack() {
        objects().newActive(Nested.class, 3000).start();

        assertThat(objects().objects()).hasSize(3001);
    }

    /** Calls another one while it is being made. */
    public static class Curious implements Serializable {
        private static final long serialVersionUID = 1;
        private final int value;
        private final String myself;

        public Curious(Counter counter) {
            value = counter.value();
            myself = ActiveContext.current().name();
            ActiveContext.current().self(Curious.class).hear();
        }

        public Curious(Counter counter, String leaveOpen) {
            this(counter);
            ActiveContext.current().objects().bracket(IllegalStateException.class);
        }

        public void hear() {}

        public int value() {
            return value;
        }

        public String myself() {
            return myself;
        }
    }

    @Test
    public void whatAConstructorCallsHasNothingToDoWithTheBracketsAndLimitsOfItsCreator() {
        Counter counter = objects().newActive(Counter.class, 1).start();
        try (Bracket bracket = objects().bracket(IOException.class)) {
            Curious curious = objects()
                    .within(
                            Duration.ofDays(1),
                            () -> objects()
                                    .newActive(Curious.class, counter)
                                    .named("curious")
                                    .start());

            assertThat(bracket.awaited()).isZero();
            assertThat(curious.myself()).isEqualTo("curious");
            assertThat(curious.value()).isEqualTo(1);
            assertThat(ActiveContext.find()).as("who creates stays who it is").isEmpty();
        }
    }

    @Test
    public void aConstructorThatLeavesABracketOpenMakesNoObject() {
        Counter counter = objects().newActive(Counter.class, 1).start();

        assertThatThrownBy(() ->
                        objects().newActive(Curious.class, counter, "open").start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining(
                        "constructor of curious-2 left a bracket of java.lang.IllegalStateException open");
        assertThat(objects().objects()).as("it has ended").hasSize(1);
    }

    @Test
    public void whatAGuardDoesNotAdmitIsListedWhenItIsAskedAndDoesNotBegin() {
        List<Integer> listed = new ArrayList<>();
        Registration guard = other.objects.guard(type -> {
            listed.add(other.objects.objects().size());
            throw new CreationException("no " + type.getSimpleName() + " at present");
        });

        assertThatThrownBy(() -> objects().newActive(Counter.class, 1).on(far).start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining("no Counter at present");
        assertThatThrownBy(() ->
                        other.objects.newActive(Counter.class, "never said").start())
                .isInstanceOf(CreationException.class)
                .hasMessage("no Counter at present");
        assertThat(listed).as("it counts before anybody is asked").containsExactly(1, 1);
        assertThat(other.objects.objects()).as("it has ended").isEmpty();

        guard.close();
        assertThat(objects().newActive(Counter.class, 1).on(far).start().value())
                .isEqualTo(1);
    }
}
