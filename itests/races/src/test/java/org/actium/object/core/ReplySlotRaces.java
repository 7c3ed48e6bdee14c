package org.actium.object.core;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** What two threads do at once to a {@link ReplySlot}. */
public final class ReplySlotRaces {

    private ReplySlotRaces() {}

    @JCStressTest
    @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "the first set it")
    @Outcome(id = "false, true, 2", expect = ACCEPTABLE, desc = "the second did")
    @State
    public static class OneOfTwoSets {
        private final ReplySlot slot = Racing.slot();

        @Actor
        public void first(ZZI_Result r) {
            r.r1 = slot.set(Racing.outcome(1));
        }

        @Actor
        public void second(ZZI_Result r) {
            r.r2 = slot.set(Racing.outcome(2));
        }

        @Arbiter
        public void look(ZZI_Result r) {
            r.r3 = Racing.value(slot);
        }
    }

    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "not there yet")
    @Outcome(id = "11", expect = ACCEPTABLE, desc = "seen, and seen whole")
    @State
    public static class WhoeverSeesTheOutcomeSeesAllOfIt {
        private final ReplySlot slot = Racing.slot();

        @Actor
        public void set() {
            slot.set(Racing.outcome(1));
        }

        @Actor
        public void look(I_Result r) {
            r.r1 = slot.isThere() ? 10 + Racing.value(slot) : 0;
        }
    }

    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "woken, or never asleep")
    @State
    public static class WhoeverWaitsIsWoken {
        private final ReplySlot slot = Racing.slot();

        @Actor
        public void set() {
            slot.set(Racing.outcome(1));
        }

        @Actor
        public void await(I_Result r) {
            slot.await();
            r.r1 = Racing.value(slot);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both called once")
    @State
    public static class ActionsAreCalledOnce {
        private final ReplySlot slot = Racing.slot();
        private final Racing.Counting told = new Racing.Counting();
        private final Racing.Counting copies = new Racing.Counting();

        @Actor
        public void set() {
            slot.set(Racing.outcome(1));
        }

        @Actor
        public void come() {
            slot.whenKnown(told);
            slot.beforeKnown(copies);
        }

        @Arbiter
        public void count(II_Result r) {
            r.r1 = told.calls();
            r.r2 = copies.calls();
        }
    }

    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "called, then taken back")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "taken back in time")
    @State
    public static class WhoeverIsTakenBackTakesNobodyAlong {
        private final ReplySlot slot = Racing.slot();
        private final Racing.Counting gone = new Racing.Counting();
        private final Racing.Counting stays = new Racing.Counting();

        public WhoeverIsTakenBackTakesNobodyAlong() {
            slot.whenKnown(gone);
            slot.whenKnown(stays);
        }

        @Actor
        public void set() {
            slot.set(Racing.outcome(1));
        }

        @Actor
        public void forget() {
            slot.forget(gone);
        }

        @Arbiter
        public void count(III_Result r) {
            r.r1 = gone.calls();
            r.r2 = stays.calls();
            r.r3 = slot.waiters();
        }
    }

    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the third is left, and told")
    @State
    public static class NeighboursAreTakenBackAtOnce {
        private final ReplySlot slot = Racing.slot();
        private final Racing.Counting first = new Racing.Counting();
        private final Racing.Counting second = new Racing.Counting();
        private final Racing.Counting third = new Racing.Counting();

        public NeighboursAreTakenBackAtOnce() {
            slot.whenKnown(first);
            slot.beforeKnown(second);
            slot.whenKnown(third);
        }

        @Actor
        public void forgetFirst() {
            slot.forget(first);
        }

        @Actor
        public void forgetSecond() {
            slot.forget(second);
        }

        @Arbiter
        public void count(II_Result r) {
            r.r1 = slot.waiters();
            slot.set(Racing.outcome(1));
            r.r2 = third.calls() + 10 * (first.calls() + second.calls());
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "copied while others saw nothing")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "seen after it was copied")
    @State
    public static class NobodySeesTheOutcomeBeforeItIsCopied {
        private final ReplySlot slot = Racing.slot();
        private final AtomicInteger copied = new AtomicInteger();

        public NobodySeesTheOutcomeBeforeItIsCopied() {
            slot.beforeKnown(outcome -> copied.set(1));
        }

        @Actor
        public void set() {
            slot.set(Racing.outcome(1));
        }

        @Actor
        public void look(II_Result r) {
            r.r2 = Racing.value(slot);
            r.r1 = r.r2 == 0 ? 1 : copied.get();
        }
    }
}
