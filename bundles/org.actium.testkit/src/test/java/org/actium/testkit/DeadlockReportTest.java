package org.actium.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.deadlock.DeadlockDetection;
import org.actium.deadlock.api.Deadlock;
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
