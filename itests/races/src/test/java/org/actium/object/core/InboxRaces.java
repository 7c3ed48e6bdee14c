package org.actium.object.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeId;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.LZ_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** What senders and the taker do at once to an {@link Inbox}. */
public final class InboxRaces {

    private static final BodyId BODY = new BodyId(new RuntimeId(1, 1), 1);

    private InboxRaces() {}

    private static Request request(long number) {
        return new Request(BODY, Optional.empty(), number, "m()V", () -> new Object[0], null);
    }

    /** One whose taker is awake and has taken everything. */
    private static Inbox awake() {
        Inbox inbox = new Inbox();
        inbox.push(request(0));
        inbox.taker().poll();
        return inbox;
    }

    /** One with this many requests, which the taker has not taken yet. */
    private static Inbox with(int requests) {
        Inbox inbox = new Inbox();
        for (int i = 1; i <= requests; i++) {
            inbox.push(request(i));
        }
        return inbox;
    }

    /** Requests that the taker finds. */
    private static int takeAll(Inbox inbox) {
        int count = 0;
        for (Work work = inbox.taker().poll();
                work != null;
                work = inbox.taker().poll()) {
            count += work instanceof Request ? 1 : 0;
        }
        return count;
    }

    @JCStressTest
    @Outcome(id = "START, true", expect = ACCEPTABLE, desc = "it slept, and the sender starts another taker")
    @Outcome(id = "QUEUED, false", expect = ACCEPTABLE, desc = "it saw the request")
    @State
    public static class NoTakerSleepsThroughAPush {
        private final Inbox inbox = awake();

        @Actor
        public void send(LZ_Result r) {
            r.r1 = inbox.push(request(1));
        }

        @Actor
        public void sleep(LZ_Result r) {
            r.r2 = inbox.taker().sleep();
        }
    }

    /** Between two moments in which it is there, nobody can call it. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "it knows, or its successor does")
    @State
    public static class ATakerThatCouldNotSleepHearsOfTheEnd {
        private final Inbox inbox = awake();

        /** So that it has nothing more to learn. */
        public ATakerThatCouldNotSleepHearsOfTheEnd() {
            inbox.taker().begin();
        }

        @Actor
        public void end() {
            inbox.end();
            inbox.push(request(1));
        }

        @Actor
        public void sleep() {
            inbox.taker().sleep();
        }

        @Arbiter
        public void look(Z_Result r) {
            r.r1 = inbox.taker().isEnding();
        }
    }

    @JCStressTest
    @Outcome(id = "UNPARK, true", expect = ACCEPTABLE, desc = "it parks, and the sender unparks it")
    @Outcome(id = "QUEUED, false", expect = ACCEPTABLE, desc = "it saw the request")
    @State
    public static class NoTakerParksThroughAPush {
        private final Inbox inbox = awake();

        @Actor
        public void send(LZ_Result r) {
            r.r1 = inbox.push(request(1));
        }

        @Actor
        public void park(LZ_Result r) {
            r.r2 = inbox.taker().park();
        }
    }

    @JCStressTest
    @Outcome(id = "START, QUEUED", expect = ACCEPTABLE, desc = "the first starts it")
    @Outcome(id = "QUEUED, START", expect = ACCEPTABLE, desc = "the second does")
    @State
    public static class OneOfTwoSendersStartsTheTaker {
        private final Inbox inbox = new Inbox();

        @Actor
        public void first(LL_Result r) {
            r.r1 = inbox.push(request(1));
        }

        @Actor
        public void second(LL_Result r) {
            r.r2 = inbox.push(request(2));
        }
    }

    @JCStressTest
    @Outcome(id = "QUEUED, 1", expect = ACCEPTABLE, desc = "queued, and found at the end")
    @Outcome(id = "CLOSED, 0", expect = ACCEPTABLE, desc = "not queued")
    @State
    public static class NothingIsQueuedUnseenBehindTheEnd {
        private final Inbox inbox = awake();

        @Actor
        public void send(LI_Result r) {
            r.r1 = inbox.push(request(1));
        }

        @Actor
        public void close(LI_Result r) {
            for (Work work = inbox.taker().close(); work != null; work = work.next) {
                r.r2++;
            }
        }
    }

    @JCStressTest
    @Outcome(id = "true, CLOSED", expect = ACCEPTABLE, desc = "closed for good, whatever the taker found")
    @State
    public static class AClosedInboxStaysClosedWhenItsTakerLooks {
        private final Inbox inbox = with(2);
        private boolean onlyRequests = true;

        @Actor
        public void take() {
            for (Work work = inbox.taker().poll();
                    work != null && onlyRequests;
                    work = inbox.taker().poll()) {
                onlyRequests = work instanceof Request;
            }
        }

        @Actor
        public void close() {
            inbox.closeFromOutside();
        }

        @Arbiter
        public void sendAgain(ZL_Result r) {
            r.r1 = onlyRequests;
            r.r2 = inbox.push(request(3));
        }
    }

    @JCStressTest
    @Outcome(id = "3, 0", expect = ACCEPTABLE, desc = "all taken at once")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "one came later")
    @State
    public static class WhatIsPushedWhileOthersAreTakenIsTakenToo {
        private final Inbox inbox = with(2);

        @Actor
        public void send() {
            inbox.push(request(3));
        }

        @Actor
        public void take(II_Result r) {
            r.r1 = takeAll(inbox);
        }

        @Arbiter
        public void takeTheRest(II_Result r) {
            r.r2 = takeAll(inbox);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "before the second request")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "after it")
    @State
    public static class AnUrgentOrderIsNotOverlookedForLong {
        private final Inbox inbox = with(2);

        /** So that something has been taken and is passed by the order. */
        public AnUrgentOrderIsNotOverlookedForLong() {
            inbox.taker().poll();
        }

        @Actor
        public void order() {
            inbox.push(new Work.Errand(Work.Rank.BEFORE_REQUESTS, () -> {}));
        }

        @Actor
        public void take(III_Result r) {
            r.r1 = inbox.taker().poll() instanceof Work.Order ? 1 : 0;
        }

        @Arbiter
        public void takeTheRest(III_Result r) {
            for (Work work = inbox.taker().poll();
                    work != null;
                    work = inbox.taker().poll()) {
                r.r2 += work instanceof Request ? 1 : 0;
                r.r3 += work instanceof Work.Order ? 1 : 0;
            }
            r.r2 += r.r1 == 0 ? 1 : 0; // the request that went first
        }
    }

    @JCStressTest
    @Outcome(id = "true, false, 3", expect = ACCEPTABLE, desc = "the first got the last place")
    @Outcome(id = "false, true, 3", expect = ACCEPTABLE, desc = "the second did")
    @State
    public static class OneOfTwoGetsTheLastPlace {
        private final Inbox inbox = with(2);

        @Actor
        public void first(ZZI_Result r) {
            r.r1 = inbox.push(request(3), 3) == Inbox.Push.QUEUED;
        }

        @Actor
        public void second(ZZI_Result r) {
            r.r2 = inbox.push(request(4), 3) == Inbox.Push.QUEUED;
        }

        @Arbiter
        public void count(ZZI_Result r) {
            r.r3 = inbox.size();
        }
    }

    @JCStressTest
    @Outcome(id = "true, 3", expect = ACCEPTABLE, desc = "admitted to the place that was made")
    @Outcome(id = "false, 2", expect = ACCEPTABLE, desc = "before it was made")
    @State
    public static class ThereAreNeverMoreThanTheCapacity {
        private final Inbox inbox = with(3);

        @Actor
        public void send(ZI_Result r) {
            r.r1 = inbox.push(request(4), 3) == Inbox.Push.QUEUED;
        }

        @Actor
        public void take() {
            inbox.taker().poll();
        }

        @Arbiter
        public void count(ZI_Result r) {
            r.r2 = inbox.size();
        }
    }

    /** A sender that looked at the top a while ago sees more taken out than were pushed there. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "there was room all the time")
    @State
    public static class NobodyIsRefusedBySeeingTooFew {
        private final Inbox inbox = new Inbox();

        public NobodyIsRefusedBySeeingTooFew() {
            inbox.firstTaker();
        }

        @Actor
        public void first(ZZ_Result r) {
            r.r1 = inbox.push(request(1), Integer.MAX_VALUE) != Inbox.Push.FULL;
        }

        @Actor
        public void second(ZZ_Result r) {
            r.r2 = inbox.push(request(2), Integer.MAX_VALUE) != Inbox.Push.FULL;
        }

        @Actor
        public void take() {
            inbox.taker().poll();
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "let in; it may have had to wait")
    @State
    public static class WhoeverWaitsForRoomIsLetIn {
        private final Inbox inbox = with(1);
        private final Waits waits = Racing.waits();

        @Actor
        public void enter(I_Result r) {
            inbox.waitingRoom(1).enter(request(2), "room", waits, () -> false);
            r.r1 = inbox.size();
        }

        @Actor
        public void take() {
            inbox.taker().poll();
            inbox.taker().begin();
        }
    }

    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "let go; it may have had to wait")
    @State
    public static class WhoeverWaitsForRoomIsLetGoAtTheEnd {
        private final Inbox inbox = with(1);
        private final Waits waits = Racing.waits();

        @Actor
        public void enter(I_Result r) {
            r.r1 = inbox.waitingRoom(1).enter(request(2), "room", waits, () -> false) == Inbox.Push.CLOSED ? 0 : 1;
        }

        @Actor
        public void close() {
            inbox.taker().close();
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "acknowledged once")
    @State
    public static class AWithheldAcknowledgementIsGivenWhenThereIsRoom {
        private final Inbox inbox = with(1);
        private final AtomicInteger given = new AtomicInteger();

        @Actor
        public void withhold() {
            inbox.waitingRoom(1).acknowledgeWhenThereIsRoom(request(2), given::incrementAndGet);
        }

        @Actor
        public void take() {
            inbox.taker().poll();
            inbox.taker().begin();
        }

        @Arbiter
        public void look(I_Result r) {
            r.r1 = given.get();
        }
    }

    /** Room is made, used and made again, while a sender has seen that there is none. */
    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "it got the place")
    @Outcome(id = "false, 0", expect = ACCEPTABLE, desc = "before there was any")
    @State
    public static class ASleepThatASenderDoesNotSeeLeavesTheCountRight {
        private final Inbox inbox = with(1);

        @Actor
        public void send(ZI_Result r) {
            r.r1 = inbox.push(request(3), 1) != Inbox.Push.FULL;
        }

        @Actor
        public void sleepTwice() {
            inbox.taker().poll();
            if (inbox.taker().sleep() && inbox.push(request(2), 1) == Inbox.Push.START) {
                inbox.taker().poll();
                inbox.taker().sleep();
            }
        }

        @Arbiter
        public void count(ZI_Result r) {
            int found = inbox.size();
            while (inbox.taker().poll() instanceof Request taken) {
                r.r2 += taken.sequence() == 3 ? 1 : 0;
                found--;
            }
            r.r2 += 10 * found; // nothing but what is there may count
        }
    }

    /** The taker leaves the inbox, serves another one of which many more were taken out, and comes back. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "one waits")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "it has been taken out")
    @State
    public static class NobodyCountsWhatATakerTookOutElsewhere {
        private final Inbox inbox = new Inbox();
        private final Inbox other = new Inbox();
        private final Taker taker = other.admit(new Taker());

        public NobodyCountsWhatATakerTookOutElsewhere() {
            for (int i = 1; i <= 5; i++) {
                other.push(request(i));
                taker.poll();
            }
            serve(inbox, 1);
            inbox.push(request(2));
        }

        private void serve(Inbox next, int number) {
            taker.sleep();
            taker.leave();
            next.push(request(number));
            next.admit(taker);
            taker.poll();
        }

        @Actor
        public void serveOthers() {
            taker.poll();
            serve(other, 6);
            taker.sleep();
            taker.leave();
            inbox.admit(taker);
        }

        @Actor
        public void count(I_Result r) {
            r.r1 = inbox.size();
        }
    }

    /** The body is told to end while it takes out what waits: whoever finds it answers it, and one of them does. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "found by one")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "found by both; which of them answers, they decide")
    @State
    public static class WhatIsTakenWhileOthersCloseIsNotLost {
        private final Inbox inbox = with(3);
        private final AtomicInteger first = new AtomicInteger();

        private void find(Work work) {
            if (work instanceof Request request && request.sequence() == 2) {
                first.incrementAndGet();
            }
        }

        @Actor
        public void take() {
            for (Work work = inbox.taker().poll();
                    work != null;
                    work = inbox.taker().poll()) {
                find(work);
            }
        }

        @Actor
        public void close() {
            inbox.closeFromOutside().stream().distinct().forEach(this::find);
        }

        @Arbiter
        public void look(I_Result r) {
            r.r1 = first.get();
        }
    }

    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "for the first")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "for the second")
    @State
    public static class ARequestIsClaimedByOne {
        private final Request request = request(1);

        @Actor
        public void first(ZZ_Result r) {
            r.r1 = request.claim();
        }

        @Actor
        public void second(ZZ_Result r) {
            r.r2 = request.claim();
        }
    }
}
