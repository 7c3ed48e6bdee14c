package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.actium.deadlock.api.Deadlock;
import org.actium.deadlock.api.DeadlockException;
import org.actium.object.api.ActiveContext;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** With the policy to fail, so that a test hears of a deadlock wherever it was found: from the call that caused it. */
@RunWith(Parameterized.class)
public class DeadlockTest {

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

        /** Waits for one who waits for what this object could only say after that. */
        public String giveOwnWord(Guest through, Guest user) {
            Word mine = ActiveContext.current().self(Guest.class).ask(user);
            return through.hand(mine, user);
        }

        public String hand(Word word, Guest user) {
            return user.use(word);
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
                    assertThat(member.place()).startsWith("Guest.pass(DeadlockTest.java:");
                })
                .extracting(Deadlock.Member::name)
                .doesNotHaveDuplicates();
        assertThat(guests.getFirst().pass(size - 1)).as("they can go on").isEqualTo(size - 1);
    }

    @Test
    public void twoWhoWaitForEachOtherAreReported() {
        aTableIsReported(2);
    }

    @Test
    public void threeAreReported() {
        aTableIsReported(3);
    }

    @Test
    public void eightAreReported() {
        aTableIsReported(8);
    }

    @Test
    public void whoMerelyWaitsForADeadlockIsNotPartOfIt() {
        List<Guest> guests = table(2);
        Guest outside = guest(2);
        outside.sitBeside(guests.getFirst());

        assertThat(deadlockOf(() -> outside.pass(3)).members())
                .extracting(Deadlock.Member::name)
                .containsExactlyInAnyOrder("guest-0", "guest-1");
    }

    @Test
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
    public void aFutureHandedFromOneToAnotherIsFollowedToWhoProducesIt() {
        Guest giving = guest(0);
        Guest through = guest(1);
        Guest user = guest(2);

        assertThat(deadlockOf(() -> giving.giveOwnWord(through, user)).members())
                .extracting(Deadlock.Member::name)
                .containsExactlyInAnyOrder("guest-0", "guest-1", "guest-2");
    }
}
