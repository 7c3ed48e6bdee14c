package org.actium.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.deadlock.DeadlockDetection;
import org.actium.deadlock.api.Deadlock;
import org.actium.object.api.ActiveContext;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class DeadlockReportTest {

    private static final DeadlockDetection.Settings SETTINGS =
            new DeadlockDetection.Settings(Duration.ofMillis(20), DeadlockDetection.Policy.REPORT);

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Rule
    public final EmbeddedGrid grid = new EmbeddedGrid();

    private final BlockingQueue<Deadlock> reports = new LinkedBlockingQueue<>();

    public static class Clerk implements Serializable {
        private static final long serialVersionUID = 1;
        private Clerk colleague;

        public void know(Clerk other) {
            colleague = other;
        }

        public void begin() {
            colleague.ask();
        }

        public int ask() {
            return colleague.answer();
        }

        public int answer() {
            return 1;
        }
    }

    /** Has more to say than fits into the queue of the other, who has as much to say. */
    public static class Talker implements Serializable {
        private static final long serialVersionUID = 1;

        public void begin(Talker other, Talker third, int words) {
            other.talkTo(ActiveContext.current().self(Talker.class), third, words);
            talkTo(other, third, words);
        }

        public void talkTo(Talker other, Talker third, int words) {
            for (int i = 0; i < words; i++) {
                other.hear();
            }
            third.hear(); // waits until the other one has heard
        }

        public void hear() {}
    }

    private Talker talker(String runtime, String name) {
        grid.node(runtime).setProperty("actium.inbox.capacity", "3");
        return grid.runtime("a")
                .objects()
                .newActive(Talker.class)
                .on(grid.node(runtime))
                .named(name)
                .start();
    }

    private Deadlock fullQueues(String here, String there, int words) throws InterruptedException {
        grid.runtime("a");
        Talker first = talker(here, "first");
        Talker second = talker(there, "second");
        Talker third = talker("a", "third");
        List.of(here, there).stream()
                .distinct()
                .forEach(name -> grid.runtime(name).detectDeadlocks(SETTINGS, reports::add));

        first.begin(second, third, words);

        Deadlock report = reports.take();
        assertThat(report.members())
                .extracting(member -> member.name() + " in " + member.serving())
                .containsExactlyInAnyOrder("first in Talker.begin", "second in Talker.talkTo");
        return report;
    }

    @Test
    public void objectsThatWaitForRoomInEachOthersQueuesAreReported() throws InterruptedException {
        assertThat(fullQueues("b", "b", 10).members())
                .extracting(Deadlock.Member::awaits)
                .containsExactlyInAnyOrder(
                        "room for hear in the queue of first", "room for hear in the queue of second");
    }

    @Test
    public void objectsThatWaitForEachOthersAcknowledgementsAreReported() throws InterruptedException {
        assertThat(fullQueues("b", "c", 10).members())
                .extracting(Deadlock.Member::awaits)
                .containsExactlyInAnyOrder(
                        "hear on first, and what was sent before it, to be queued",
                        "hear on second, and what was sent before it, to be queued");
    }

    /** Nobody waits for what went elsewhere; but to one target only so much may be under way. */
    @Test
    public void alsoWhereNodesAskForFifoOnlyOnceNothingMoreMayBeUnderWay() throws InterruptedException {
        grid.node("b").setProperty("actium.ordering", "fifo");
        grid.node("c").setProperty("actium.ordering", "fifo");

        assertThat(fullQueues("b", "c", 2_000).members())
                .extracting(Deadlock.Member::awaits)
                .allMatch(awaits -> awaits.endsWith("and what was sent before it, to be queued"));
    }

    private Clerk clerk(String runtime, String name) {
        return grid.runtime("a")
                .objects()
                .newActive(Clerk.class)
                .on(grid.node(runtime))
                .named(name)
                .start();
    }

    private void deadlock(String first, String second) {
        Clerk one = clerk("b", first);
        Clerk other = clerk("c", second);
        one.know(other);
        other.know(one);
        one.begin();
    }

    @Test
    public void aDeadlockIsReportedOnceByOneOfTheRuntimes() throws InterruptedException {
        for (String name : List.of("a", "b", "c")) {
            grid.runtime(name).detectDeadlocks(SETTINGS, reports::add);
        }

        deadlock("jack", "jill");
        assertThat(reports.take().members())
                .extracting(member -> member.name() + " on " + member.runtime() + " serves " + member.serving()
                        + " and waits for " + member.awaits())
                .containsExactlyInAnyOrder(
                        "jack on b serves Clerk.begin and waits for Clerk.ask on jill",
                        "jill on c serves Clerk.ask and waits for Clerk.answer on jack");

        deadlock("punch", "judy");
        assertThat(reports.take().members())
                .as("the next one, not the first once more")
                .extracting(Deadlock.Member::name)
                .containsExactlyInAnyOrder("punch", "judy");
        assertThat(reports).isEmpty();
    }
}
