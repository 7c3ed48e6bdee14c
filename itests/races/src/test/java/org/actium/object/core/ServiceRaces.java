package org.actium.object.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeId;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What others do at once to a request that is served, or is about to be. */
public final class ServiceRaces {

    private ServiceRaces() {}

    /** Two requests are served one after the other, while one interrupt comes. */
    @JCStressTest
    @Outcome(id = "false, false, false, false", expect = ACCEPTABLE, desc = "it came before, between or after them")
    @Outcome(id = "true, false, false, true", expect = ACCEPTABLE, desc = "it hit the first")
    @Outcome(id = "false, true, false, true", expect = ACCEPTABLE, desc = "it hit the second")
    @State
    public static class AnInterruptHitsOneRequestOrNone {
        private volatile Activation activation;

        @Actor
        public void serve(ZZZZ_Result r) {
            Activation mine = new Activation(new Inbox().firstTaker());
            activation = mine;
            r.r1 = mine.end(mine.begin());
            r.r2 = mine.end(mine.begin());
            r.r3 = Thread.interrupted();
        }

        @Actor
        public void interrupt(ZZZZ_Result r) {
            Activation present = activation;
            r.r4 = present != null && present.interrupt(() -> true);
        }
    }

    /** Within a request another one is served, while one interrupt comes. */
    @JCStressTest
    @Outcome(id = "false, false, false, false", expect = ACCEPTABLE, desc = "it came before or after them")
    @Outcome(id = "true, false, false, true", expect = ACCEPTABLE, desc = "it hit the inner one")
    @Outcome(id = "false, true, false, true", expect = ACCEPTABLE, desc = "it hit the outer one")
    @State
    public static class AnInterruptHitsTheInnerOrTheOuterRequest {
        private volatile Activation activation;

        @Actor
        public void serve(ZZZZ_Result r) {
            Activation mine = new Activation(new Inbox().firstTaker());
            activation = mine;
            Activation.State around = mine.begin();
            r.r1 = mine.end(mine.begin());
            r.r2 = mine.end(around);
            r.r3 = Thread.interrupted();
        }

        @Actor
        public void interrupt(ZZZZ_Result r) {
            Activation present = activation;
            r.r4 = present != null && present.interrupt(() -> true);
        }
    }

    /**
     * The body is told to end while its thread of service begins a request: it is served or refused, once. Who refuses it
     * is the thread of service, which has seen that it is not to serve it, or whoever ends the body, to whom it was there.
     */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "refused by the thread of service")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "refused by whoever ends it")
    @Outcome(id = "10, 0", expect = ACCEPTABLE, desc = "served")
    @State
    public static class ARequestIsServedOrRefusedOnceWhileItsBodyEnds {
        private final Inbox inbox = new Inbox();
        private final Request request = request();

        public ARequestIsServedOrRefusedOnceWhileItsBodyEnds() {
            inbox.push(request);
        }

        @Actor
        public void serve(II_Result r) {
            if (inbox.taker().poll() instanceof Request taken && taken.claimUncontended()) {
                if (inbox.taker().begin()) {
                    r.r1 = 10;
                } else if (taken.decide()) {
                    r.r1 = 1;
                }
            }
        }

        @Actor
        public void end(II_Result r) {
            inbox.end();
            for (Request waiting : inbox.closeFromOutside()) {
                if (waiting.claim() && waiting.decide()) {
                    r.r2++;
                }
            }
        }
    }

    /** The body is told to end while its own thread is about to wait for more: what that refuses it does not serve. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "10", expect = ACCEPTABLE, desc = "served")
    @State
    public static class ARequestThatTheThreadOfServiceRefusedIsNotServed {
        private final Inbox inbox = new Inbox();
        private final Request request = request();
        private final Taker taker;

        /** So that the taker has both in hand, and nothing more to learn. */
        public ARequestThatTheThreadOfServiceRefusedIsNotServed() {
            inbox.push(request());
            inbox.push(request);
            taker = inbox.taker();
            taker.poll();
            taker.begin();
        }

        @Actor
        public void serve(I_Result r) {
            if (inbox.isEnding()) {
                for (Request waiting : inbox.closeFromOutside()) {
                    if (waiting.claim() && waiting.decide()) {
                        r.r1++;
                    }
                }
            }
            if (taker.poll() instanceof Request taken && taken.claimUncontended()) {
                if (taker.begin()) {
                    r.r1 += 10;
                } else if (taken.decide()) {
                    r.r1++;
                }
            }
        }

        @Actor
        public void end() {
            inbox.end();
        }
    }

    /** The object takes a request and declares its method immediate, while its sender looks if it is to be served at once. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "served in turn")
    @State
    public static class ARequestInServiceIsNotServedAtOnceToo {
        private final Request request = request();
        private volatile boolean immediate;

        @Actor
        public void serve(ZZ_Result r) {
            r.r1 = request.claimUncontended();
            immediate = true;
        }

        @Actor
        public void send(ZZ_Result r) {
            r.r2 = immediate && request.claim();
        }
    }

    /** The method is immediate: the thread of service has taken the request out, and its sender looks. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "served in turn")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "served at once")
    @State
    public static class OneOfTwoClaims {
        private final Request request = request();

        @Actor
        public void serve(ZZ_Result r) {
            r.r1 = request.claim();
        }

        @Actor
        public void send(ZZ_Result r) {
            r.r2 = request.claim();
        }
    }

    private static Request request() {
        return new Request(new BodyId(new RuntimeId(1, 1), 1), Optional.empty(), 1, "m()V", () -> new Object[0], null);
    }

    /** Somebody interrupts what a body serves, while the activation of that body goes over to another one. */
    @JCStressTest
    @Outcome(id = "false, false, false, false", expect = ACCEPTABLE, desc = "what was meant was not being served")
    @Outcome(id = "true, false, false, true", expect = ACCEPTABLE, desc = "it hit what was meant")
    @State
    public static class AnInterruptHitsNoOtherBody {
        private volatile Activation activation;

        @Actor
        public void serve(ZZZZ_Result r) {
            Activation mine = new Activation(new Inbox().firstTaker());
            activation = mine;
            r.r1 = mine.end(mine.begin());
            activation = null;
            r.r2 = mine.end(mine.begin());
            r.r3 = Thread.interrupted();
        }

        @Actor
        public void interrupt(ZZZZ_Result r) {
            Activation present = activation;
            r.r4 = present != null && present.interrupt(() -> activation == present);
        }
    }
}
