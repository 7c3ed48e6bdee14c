package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.Service;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** What becomes of requests when the filter that chooses among them fails. */
public class FilterTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime runtime = new TestRuntime("alone", network);

    @After
    public void stop() {
        runtime.close();
        network.close();
    }

    /** Asks another object which requests to serve. */
    public static class Chooser {
        private int noted;

        public int refuse() {
            throw new CallRefusedException("not today");
        }

        public void note(int number) {
            noted += number;
        }

        public String choose(Chooser adviser) {
            Service service = ActiveContext.current().service();
            service.waitForRequest();
            try {
                service.serveOldest(request -> adviser.refuse() > 0);
                return "served";
            } catch (IllegalArgumentException failed) {
                return failed.getMessage() + "; noted " + noted + ", queued " + service.hasRequest(RequestFilter.ANY);
            }
        }

        public int noted() {
            return noted;
        }
    }

    @Test
    public void aRefusalThatTheFilterMeetsIsNotTakenForUnreadableArguments() {
        Chooser chooser = runtime.objects.newActive(Chooser.class).start();
        Chooser adviser = runtime.objects.newActive(Chooser.class).start();

        CompletableFuture<String> told = runtime.futures.async(() -> chooser.choose(adviser));
        chooser.note(3);

        assertThat(told.join())
                .contains("the filter with which ", "not today", "nothing was served, and everything stays queued")
                .endsWith("noted 0, queued true");
        assertThat(chooser.noted()).isEqualTo(3);
    }
}
