package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.actium.deadlock.api.Deadlock;
import org.actium.deadlock.api.DeadlockException;
import org.actium.future.api.FutureList;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.Immediate;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.RunActive;
import org.actium.runtime.api.Node;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** With the policy to fail, so that a test hears of a deadlock wherever it was found: from the call that caused it. */
@RunWith(Parameterized.class)
public class DeadlockTest {

    /** A multiple of the patience with which deadlocks are looked for. */
    private static final Duration ENOUGH = Duration.ofMillis(600);

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public DeadlockTest(Setting setting) {
        grid = new Grid(setting, Extra.FAIL_DEADLOCKS);
    }

    /** One of several around a table. */
    public static class Guest implements Serializable {
        private static final long serialVersionUID = 1;
        private Guest neighbour;

        public void sitBeside(Guest guest) {
            neighbour = guest;
        }

        /** Has the neighbour pass it on; the last one keeps it. */
        public int pass(int steps) {
            return steps == 0 ? 0 : 1 + neighbour.pass(steps - 1);
        }

        public String name() {
            return ActiveContext.current().name();
        }

        /** Answers at once with what the other will say some time. */
        public Word relay(Guest other, Guest asked) {
            return other.ask(asked);
        }

        public Word ask(Guest asked) {
            return new Word(asked.name());
        }

        /** Asks through the first neighbour, who has nothing to do with it afterwards, and uses the answer. */
        public String askThrough(Guest relay, Guest other) {
            return relay.relay(other, ActiveContext.current().self(Guest.class)).text();
        }

        public String use(Word word) {
            return word.text();
        }

        /** Waits for any of so many words, which are all up to this object. */
        public int waitForOwn(int words) {
            return ActiveContext.current().futures().waitForAny(ownWords(words));
        }

        /** The same with a future of the JDK. */
        public boolean waitForOwnPromise() {
            ActiveContext context = ActiveContext.current();
            Guest self = context.self(Guest.class);
            CompletableFuture<Word> promise = context.futures().async(() -> self.ask(self));
            context.futures().waitFor(promise);
            return promise.isDone();
        }

        /** Waits for all of them. */
        public int listOwn(int words) {
            FutureList<Word> list = ActiveContext.current().futures().list();
            ownWords(words).forEach(list::add);
            list.waitFor(words);
            return words;
        }

        private List<Word> ownWords(int words) {
            Guest self = ActiveContext.current().self(Guest.class);
            return Stream.generate(() -> self.ask(self)).limit(words).toList();
        }

        /** Has the neighbour wait for a word of this object, for whom this object waits. */
        public String haveNeighbourWait() {
            Guest self = ActiveContext.current().self(Guest.class);
            return neighbour.waitForOnly(self.ask(self));
        }

        public String waitForOnly(Word word) {
            ActiveContext.current().futures().waitForAny(List.of(word));
            return word.text();
        }

        /** Waits for one who waits for what this object could only say after that. */
        public String giveOwnWord(Guest through, Guest user) {
            Word mine = ActiveContext.current().self(Guest.class).ask(user);
            return through.hand(mine, user);
        }

        public String hand(Word word, Guest user) {
            return user.use(word);
        }
    }

    /** Creates one who asks it before there is one. */
    public static class Parent implements Serializable {
        private static final long serialVersionUID = 1;

        public String bear(Node where) {
            Parent self = ActiveContext.current().self(Parent.class);
            return ActiveContext.current()
                    .objects()
                    .newActive(Child.class, self)
                    .on(where)
                    .start()
                    .name();
        }

        public String name() {
            return "parent";
        }
    }

    /** Its constructor waits for its parent. */
    public static class Child implements Serializable {
        private static final long serialVersionUID = 1;
        private final String name;

        public Child(Parent parent) {
            name = "child of " + parent.name();
        }

        public String name() {
            return name;
        }
    }

    /** Answers some things only after it has been released; until then it waits for nothing but requests. */
    public static class Porter implements Serializable, RunActive {
        private static final long serialVersionUID = 1;
        private boolean released;

        @Override
        public void runActivity(ActiveContext context) {
            while (!released) {
                context.service().blockingServeOldest(RequestFilter.named("release"));
            }
            while (true) {
                context.service().blockingServeOldest();
            }
        }

        public void release() {
            released = true;
        }

        public Word late() {
            return new Word("late");
        }

        public int number() {
            return 7;
        }
    }

    /** Waits in all the ways that are no part of a deadlock. */
    public static class Patient implements Serializable {
        private static final long serialVersionUID = 1;
        private Patient other;
        private final Porter porter;

        public Patient(Porter porter) {
            this.porter = porter;
        }

        public void know(Patient one) {
            other = one;
        }

        public Word word() {
            return new Word("word");
        }

        /** Has the other one wait for a word of this object, for whom this object waits, but not for ever. */
        public String withLimit(long millis) {
            return other.waitFor(ActiveContext.current().self(Patient.class).word(), millis);
        }

        public String waitFor(Word word, long millis) {
            try {
                ActiveContext.current().futures().waitFor(word, Duration.ofMillis(millis));
                return word.text();
            } catch (TimeoutException over) {
                return "over";
            }
        }

        /** Has the other one wait for a word of this object, for whom this object waits, or one of the porter's. */
        public String forAny(boolean ownFirst) {
            return other.waitForAny(ActiveContext.current().self(Patient.class).word(), ownFirst);
        }

        public String waitForAny(Word word, boolean first) {
            Word late = porter.late();
            List<Word> words = first ? List.of(word, late) : List.of(late, word);
            return words.get(ActiveContext.current().futures().waitForAny(words))
                    .text();
        }

        /** Has the other one call back, which is served at once, though not answered at once. */
        public String calledBack() {
            return other.callBack(ActiveContext.current().self(Patient.class));
        }

        public String callBack(Patient caller) {
            return caller.atOnce();
        }

        @Immediate
        public String atOnce() {
            return porter.late().text();
        }

        public String ask() {
            return porter.late().text();
        }

        /** Answers when the porter does, and serves on. */
        public CompletableFuture<Integer> numberOfThePorter() {
            return ActiveContext.current().futures().async(() -> porter.number());
        }

        /** Waits for one who waits for this object, for an answer that is not up to that one any more. */
        public int askForTheNumber() {
            CompletableFuture<Integer> number = other.numberOfThePorter();
            other.use(ActiveContext.current().self(Patient.class));
            return number.join();
        }

        public void use(Patient one) {
            one.word().text();
        }
    }

    public static class Word implements Serializable {
        private static final long serialVersionUID = 1;
        private String text;

        public Word() {}

        Word(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    private Guest guest(int number) {
        return grid.objects()
                .newActive(Guest.class)
                .on(grid.node(number % 3))
                .named("guest-" + number)
                .start();
    }

    private List<Guest> table(int size) {
        List<Guest> guests = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            guests.add(guest(i));
        }
        for (int i = 0; i < size; i++) {
            guests.get(i).sitBeside(guests.get((i + 1) % size));
        }
        return guests;
    }

    private static Deadlock deadlockOf(Runnable call) {
        DeadlockException thrown = catchThrowableOfType(DeadlockException.class, call::run);
        assertThat(thrown).isNotNull();
        return thrown.deadlock();
    }

    private void aTableIsReported(int size) {
        List<Guest> guests = table(size);

        Deadlock deadlock = deadlockOf(() -> guests.getFirst().pass(size));

        assertThat(deadlock.members())
                .hasSize(size)
                .allSatisfy(member -> {
                    int number = Integer.parseInt(member.name().substring("guest-".length()));
                    assertThat(member.serving()).isEqualTo("Guest.pass");
                    assertThat(member.awaits()).isEqualTo("Guest.pass on guest-" + (number + 1) % size);
                    assertThat(member.future()).matches("[0-9a-f]{8}-f[0-9]+");
                    assertThat(member).asString().contains("(future " + member.future() + ")");
                    assertThat(member.place()).startsWith("Guest.pass(DeadlockTest.java:");
                })
                .extracting(Deadlock.Member::name)
                .doesNotHaveDuplicates();
        assertThat(deadlock.members()).extracting(Deadlock.Member::future).doesNotHaveDuplicates();
        assertThat(guests.getFirst().pass(size - 1)).as("they can go on").isEqualTo(size - 1);
    }

    @Test
    @Row(named = "deadlocks")
    public void twoWhoWaitForEachOtherAreReported() {
        aTableIsReported(2);
    }

    @Test
    @Row(named = "deadlocks")
    public void threeAreReported() {
        aTableIsReported(3);
    }

    @Test
    @Row(named = "deadlocks")
    public void eightAreReported() {
        aTableIsReported(8);
    }

    @Test
    @Row(named = "deadlocks")
    public void whoMerelyWaitsForADeadlockIsNotPartOfIt() {
        List<Guest> guests = table(2);
        Guest outside = guest(2);
        outside.sitBeside(guests.getFirst());

        assertThat(deadlockOf(() -> outside.pass(3)).members())
                .extracting(Deadlock.Member::name)
                .containsExactlyInAnyOrder("guest-0", "guest-1");
    }

    @Test
    @Row(named = "deadlocks")
    public void whoPassesOnAFutureHasNoPartInWhatItWaitsFor() {
        Guest asking = guest(0);
        Guest relay = guest(1);
        Guest asked = guest(2);

        assertThat(deadlockOf(() -> asking.askThrough(relay, asked)).members())
                .extracting(Deadlock.Member::name)
                .containsExactlyInAnyOrder("guest-0", "guest-2");
        assertThat(relay.name()).isEqualTo("guest-1");
    }

    @Test
    @Row(named = "deadlocks")
    public void aFutureHandedFromOneToAnotherIsFollowedToWhoProducesIt() {
        Guest giving = guest(0);
        Guest through = guest(1);
        Guest user = guest(2);

        List<Deadlock.Member> members =
                deadlockOf(() -> giving.giveOwnWord(through, user)).members();

        assertThat(members)
                .extracting(Deadlock.Member::name)
                .containsExactlyInAnyOrder("guest-0", "guest-1", "guest-2");
        assertThat(member("guest-2", members).future())
                .as("the identity of a future comes with it from where it was first")
                .startsWith(member("guest-0", members).id().birthplace() + "-f");
    }

    private static Deadlock.Member member(String name, List<Deadlock.Member> members) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Row(named = "deadlocks")
    public void whoWaitsForAnyOfWhatOnlyItCouldServeIsToldAtOnce() {
        Guest guest = guest(0);

        assertThat(catchThrowable(guest::waitForOwnPromise)).hasMessageContaining("only guest-0 itself could serve it");
        for (int words = 1; words <= 3; words++) {
            int some = words;
            assertThat(catchThrowable(() -> guest.waitForOwn(some)))
                    .as("for any of %s", some)
                    .hasMessageContaining("only guest-0 itself could serve it");
            assertThat(catchThrowable(() -> guest.listOwn(some)))
                    .as("for all of %s", some)
                    .hasMessageContaining("only guest-0 itself could serve it");
        }
    }

    @Test
    @Row(named = "deadlocks")
    public void aWaitForAnyOfOneIsPartOfADeadlock() {
        Guest asking = guest(0);
        Guest waiting = guest(1);
        asking.sitBeside(waiting);

        assertThat(deadlockOf(asking::haveNeighbourWait).members())
                .extracting(Deadlock.Member::name)
                .containsExactlyInAnyOrder("guest-0", "guest-1");
    }

    /** Has the call made, lets a time pass in which a deadlock would be found, and returns how it ends. */
    private <T> T unharmed(Runnable release, Callable<T> call) {
        CompletableFuture<T> result = grid.futures().async(call);
        long begin = grid.time().nanos();
        grid.eventually("time passes", () -> grid.time().nanos() - begin > ENOUGH.toNanos());
        assertThat(result).as("what takes so long").isNotDone();
        release.run();
        return result.join();
    }

    private Porter porter() {
        return grid.objects().newActive(Porter.class).on(grid.node(2)).start();
    }

    private Patient patient(Porter porter) {
        Patient first =
                grid.objects().newActive(Patient.class, porter).on(grid.node(0)).start();
        first.know(
                grid.objects().newActive(Patient.class, porter).on(grid.node(1)).start());
        return first;
    }

    @Test
    @Row(named = "deadlocks")
    public void whoWaitsForOneWhoIsBusyIsLeftAlone() {
        Porter porter = porter();
        Patient patient = patient(porter);

        assertThat(unharmed(porter::release, patient::ask)).isEqualTo("late");
    }

    @Test
    @Row(named = "deadlocks")
    public void aWaitWithALimitIsNoPartOfADeadlock() {
        Patient patient = patient(porter());

        assertThat(patient.withLimit(ENOUGH.toMillis())).isEqualTo("over");
    }

    @Test
    @Row(named = "deadlocks")
    public void aWaitForAnyOfSeveralIsNoPartOfADeadlock() {
        for (boolean ownFirst : new boolean[] {true, false}) {
            Porter porter = porter();
            Patient patient = patient(porter);

            assertThat(unharmed(porter::release, () -> patient.forAny(ownFirst)))
                    .as("what can never come is the first of them: %s", ownFirst)
                    .isEqualTo("late");
        }
    }

    @Test
    @Row(named = "deadlocks")
    public void whatIsServedAtOnceIsNoPartOfADeadlock() {
        Porter porter = porter();
        Patient patient = patient(porter);

        assertThat(unharmed(porter::release, patient::calledBack)).isEqualTo("late");
    }

    @Test
    @Row(named = "deadlocks")
    public void whatABodyHasPromisedToAnswerLaterIsNoPartOfADeadlock() {
        Porter porter = porter();
        Patient patient = patient(porter);

        assertThat(unharmed(porter::release, patient::askForTheNumber)).isEqualTo(7);
    }

    /** Promises words, and gives all of them later. */
    public static class Promiser implements Serializable {
        private static final long serialVersionUID = 1;
        private final List<CompletableFuture<Word>> open = new ArrayList<>();

        public CompletableFuture<Word> promise() {
            CompletableFuture<Word> promise = new CompletableFuture<>();
            open.add(promise);
            return promise;
        }

        /** Has the other one wait for a promise of this object, which waits for the other one. */
        public String haveWait(Promiser other) {
            return other.waitFor(ActiveContext.current().self(Promiser.class));
        }

        public String waitFor(Promiser other) {
            return other.promise().join().text();
        }

        public void keep() {
            open.forEach(promise -> promise.complete(new Word("kept")));
        }

        /** Waits for a word that the other one has promised and is giving, while that one waits for this object. */
        public String waitForWhatIsGiven(Promiser other, Busy busy) {
            CompletableFuture<Word> promise = other.promise();
            other.giveAndAsk(ActiveContext.current().self(Promiser.class), busy);
            return promise.join().text();
        }

        public void giveAndAsk(Promiser other, Busy busy) {
            ActiveContext.current().self(Promiser.class).give(busy);
            other.name();
        }

        @Immediate
        public void give(Busy busy) {
            open.forEach(promise -> promise.complete(new SlowWord(busy)));
        }

        public String name() {
            return ActiveContext.current().name();
        }
    }

    /** It takes as long to copy it as another one works. */
    public static class SlowWord extends Word {
        private static final long serialVersionUID = 1;
        private final transient Busy busy;

        SlowWord(Busy busy) {
            super("slow");
            this.busy = busy;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            try {
                busy.work();
            } catch (InterruptedException stopped) {
                throw new InterruptedIOException(stopped.getMessage());
            }
            out.defaultWriteObject();
        }
    }

    private Promiser promiser(int number) {
        return grid.objects()
                .newActive(Promiser.class)
                .on(grid.node(number))
                .named("promiser-" + number)
                .start();
    }

    @Test
    @Row(named = "deadlocks")
    public void anOlderPromiseOfTheSameMethodHidesNoDeadlock() {
        Promiser first = promiser(0);
        Promiser second = promiser(1);
        CompletableFuture<Word> older = second.promise();

        assertThat(deadlockOf(() -> second.haveWait(first)).members())
                .extracting(member -> member.name() + " awaits " + member.awaits())
                .containsExactlyInAnyOrder(
                        "promiser-0 awaits Promiser.promise on promiser-1",
                        "promiser-1 awaits Promiser.waitFor on promiser-0");

        assertThat(older).as("it is up to nobody of them").isNotDone();
        second.keep();
        assertThat(older.join().text()).isEqualTo("kept");
    }

    @Test
    @Row(named = "deadlocks")
    public void aPromiseThatIsBeingKeptIsNoPartOfADeadlock() {
        Busy busy = grid.objects().newActive(Busy.class).on(grid.node(2)).start();
        Promiser first = promiser(0);
        Promiser second = promiser(1);

        assertThat(unharmed(busy::release, () -> first.waitForWhatIsGiven(second, busy)))
                .isEqualTo("slow");
    }

    /** Has more to say than fits into the queue of the other, who has as much to say. */
    public static class Talker implements Serializable {
        private static final long serialVersionUID = 1;
        private static final int WORDS = 10;
        private volatile Deadlock found;
        private volatile boolean done;
        private int heard;

        public void begin(Talker other, Talker third) {
            other.talkTo(ActiveContext.current().self(Talker.class), third);
            talkTo(other, third);
        }

        public void talkTo(Talker other, Talker third) {
            try {
                for (int i = 0; i < WORDS; i++) {
                    other.hear();
                }
                third.hear(); // only when the other one has taken all of it
            } catch (DeadlockException circle) {
                found = circle.deadlock();
            }
            done = true;
        }

        public void hear() {
            heard++;
        }

        public int heard() {
            return heard;
        }

        @Immediate
        public boolean isDone() {
            return done;
        }

        @Immediate
        public Deadlock found() {
            return found;
        }
    }

    private Talker talker(String name, int node, int capacity) {
        grid.node(node).setProperty("actium.inbox.capacity", Integer.toString(capacity));
        return grid.objects()
                .newActive(Talker.class)
                .on(grid.node(node))
                .named(name)
                .start();
    }

    @Test
    @Row(named = {"deadlocks", "bounded queues"})
    public void whoWaitForRoomInEachOthersQueuesAreReported() {
        Talker first = talker("first", 0, 3);
        Talker second = talker("second", 0, 3);
        Talker third = talker("third", 1, 1_000);

        first.begin(second, third);

        grid.eventually("both go on", () -> first.isDone() && second.isDone());
        List<Deadlock> found = Stream.of(first.found(), second.found())
                .map(deadlock -> grid.futures().value(deadlock))
                .filter(Objects::nonNull)
                .toList();
        assertThat(found).as("one of the waits ends").hasSize(1);
        assertThat(found.getFirst().members())
                .extracting(member -> member.name() + " in " + member.serving() + member.future())
                .as("room is no future")
                .containsExactlyInAnyOrder("first in Talker.begin", "second in Talker.talkTo");
        assertThat(first.heard() + second.heard())
                .as("what was in a queue is served")
                .isGreaterThanOrEqualTo(Talker.WORDS);
    }

    @Test
    @Row(named = {"deadlocks", "bounded queues"})
    public void whoWaitsForRoomAtOneWhoIsBusyIsLeftAlone() {
        grid.node(0).setProperty("actium.inbox.capacity", "3");
        Busy busy = grid.objects().newActive(Busy.class).on(grid.node(0)).start();
        Speaker speaker =
                grid.objects().newActive(Speaker.class, busy).on(grid.node(1)).start();
        grid.futures().async(busy::work);

        assertThat(unharmed(busy::release, () -> speaker.fillAndAsk(10))).isEqualTo(10);
    }

    /** Works until it is released, then serves others. */
    public static class Busy {
        private final CountDownLatch released = new CountDownLatch(1);
        private int heard;

        public int work() throws InterruptedException {
            released.await();
            return 0;
        }

        @Immediate
        public void release() {
            released.countDown();
        }

        public void hear() {
            heard++;
        }

        public int heard() {
            return heard;
        }
    }

    /** Sends more than fits into a queue, then asks. */
    public static class Speaker {
        private final Busy busy;

        public Speaker(Busy busy) {
            this.busy = busy;
        }

        public int fillAndAsk(int words) {
            for (int i = 0; i < words; i++) {
                busy.hear();
            }
            return busy.heard();
        }
    }

    @Test
    public void aConstructorThatWaitsForWhoeverWaitsForItIsADeadlock() {
        Parent parent = grid.objects().newActive(Parent.class).on(grid.node()).start();

        for (int where = 0; where < 3; where++) {
            Node node = grid.node(where);
            Throwable thrown = catchThrowable(() -> parent.bear(node));

            assertThat(thrown).as("on node %d", where).hasStackTraceContaining("deadlock");
        }
        assertThat(parent.name()).as("it goes on").isEqualTo("parent");
    }
}
