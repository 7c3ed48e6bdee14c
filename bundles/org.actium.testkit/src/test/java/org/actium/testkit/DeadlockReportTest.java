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

        public void begin(Talker other, Talker third) {
            other.talkTo(ActiveContext.current().self(Talker.class), third);
            talkTo(other, third);
        }

        public void talkTo(Talker other, Talker third) {
            for (int i = 0; i < 10; i++) {
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

    private void fullQueuesAreReported(String here, String there) throws InterruptedException {
        grid.runtime("a");
        Talker first = talker(here, "first");
        Talker second = talker(there, "second");
        Talker third = talker("a", "third");
        List.of(here, there).stream()
                .distinct()
                .forEach(name -> grid.runtime(name).detectDeadlocks(SETTINGS, reports::add));

        first.begin(second, third);

        assertThat(reports.take().members())
                .extracting(member -> member.name() + " in " + member.serving())
                .containsExactlyInAnyOrder("first in Talker.begin", "second in Talker.talkTo");
    }

    @Test
    public void objectsThatWaitForRoomInEachOthersQueuesAreReported() throws InterruptedException {
        fullQueuesAreReported("b", "b");
    }

    @Test
    public void objectsThatWaitForEachOthersAcknowledgementsAreReported() throws InterruptedException {
        fullQueuesAreReported("b", "c");
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
