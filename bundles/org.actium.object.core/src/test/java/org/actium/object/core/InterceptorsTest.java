package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.object.api.BodyId;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.Verdict;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

public class InterceptorsTest {

    private final List<String> called = new ArrayList<>();
    private final Request request =
            new Request(new BodyId(new RuntimeId(1, 1), 1), Optional.empty(), 1, "m()V", new Object[0], null);

    /** Has something to do for everything. */
    private class Busy implements MessageInterceptor {
        private final String name;
        private final Verdict verdict;

        Busy(String name, Verdict verdict) {
            this.name = name;
            this.verdict = verdict;
        }

        @Override
        public void departing(RequestView leaving) {
            called.add(name + " departing");
        }

        @Override
        public Verdict arriving(RequestView come) {
            called.add(name + " arriving");
            return verdict;
        }

        @Override
        public void serving(RequestView begun) {
            called.add(name + " serving");
        }

        @Override
        public void served(RequestView done, boolean normally) {
            called.add(name + " served");
        }

        @Override
        public void replying(ReplyView reply) {
            called.add(name + " replying");
        }

        @Override
        public Verdict answered(ReplyView reply) {
            called.add(name + " answered");
            return verdict;
        }

        @Override
        public void acknowledged(RequestView queued) {
            called.add(name + " acknowledged");
        }
    }

    private static Interceptors of(MessageInterceptor... interceptors) {
        return new Interceptors(new Chain(List.of(interceptors), new Hooks()::concerns), null);
    }

    @Test
    public void whatLeavesPassesThemFirstToLastAndWhatArrivesLastToFirst() {
        Interceptors both = of(new Busy("a", Verdict.DELIVER), new Busy("b", Verdict.DELIVER));

        both.departing(request);
        both.arriving(request);
        both.serving(request);
        both.served(request, true, both);
        both.replying(null);
        both.answered(null);
        both.acknowledged(request);

        assertThat(called)
                .containsExactly(
                        "a departing",
                        "b departing",
                        "b arriving",
                        "a arriving",
                        "b serving",
                        "a serving",
                        "a served",
                        "b served",
                        "a replying",
                        "b replying",
                        "b answered",
                        "a answered",
                        "a acknowledged",
                        "b acknowledged");
    }

    @Test
    public void theFirstThatIsNotToDeliverCounts() {
        Verdict.Refuse refusal = new Verdict.Refuse("full");
        Interceptors both = of(new Busy("a", Verdict.DELIVER), new Busy("b", refusal));

        assertThat(both.arriving(request)).isEqualTo(refusal);
        assertThat(both.answered(null)).isEqualTo(refusal);
        assertThat(called).containsExactly("b arriving", "b answered");
    }

    @Test
    public void onlyThoseSeeRepliesThatHaveSomethingToDoForThem() {
        MessageInterceptor requestsOnly = new MessageInterceptor() {
            @Override
            public void departing(RequestView leaving) {
                called.add("departing");
            }
        };

        Interceptors one = of(requestsOnly);
        one.departing(request);

        assertThat(called).containsExactly("departing");
        assertThat(one.seeArrivals()).isFalse();
        assertThat(one.seeReplies()).isFalse();
        assertThat(one.seeAnswers()).isFalse();
        assertThat(one.seeAcknowledgements()).isFalse();
        Interceptors two = of(requestsOnly, new Busy("b", Verdict.DELIVER));
        assertThat(two.seeArrivals()).isTrue();
        assertThat(two.seeReplies()).isTrue();
        assertThat(two.seeAnswers()).isTrue();
        assertThat(two.seeAcknowledgements()).isTrue();
    }

    @Test
    public void whatIsInheritedFromAnotherClassCounts() {
        class Base implements MessageInterceptor {
            @Override
            public void replying(ReplyView reply) {
                called.add("replying");
            }
        }
        class Heir extends Base {}

        Interceptors heir = of(new Heir());
        heir.replying(null);

        assertThat(heir.seeReplies()).isTrue();
        assertThat(called).containsExactly("replying");
    }

    @Test
    public void whoHeardThatItBeginsHearsThatItIsOverIfAnotherFailsThen() {
        Interceptors three = of(
                new Busy("inner", Verdict.DELIVER),
                new Busy("broken", Verdict.DELIVER) {
                    @Override
                    public void serving(RequestView begun) {
                        throw new NoClassDefFoundError("optional/Thing");
                    }
                },
                new Busy("outer", Verdict.DELIVER));

        assertThatThrownBy(() -> three.serving(request)).isInstanceOf(NoClassDefFoundError.class);

        assertThat(called).containsExactly("outer serving", "outer served");
    }

    @Test
    public void whoHeardThatItBeginsHearsThatItIsOverWhateverTheOthersDo() {
        Interceptors three = of(
                new Busy("inner", Verdict.DELIVER),
                new Busy("broken", Verdict.DELIVER) {
                    @Override
                    public void served(RequestView done, boolean normally) {
                        throw new IllegalStateException("meant to");
                    }
                },
                new Busy("outer", Verdict.DELIVER));

        assertThatThrownBy(() -> three.served(request, true, three)).hasMessage("meant to");

        assertThat(called).containsExactly("inner served", "outer served");
    }

    @Test
    public void onlyWhoHeardThatItBeginsAndIsStillThereHearsThatItIsOver() {
        MessageInterceptor stays = new Busy("stays", Verdict.DELIVER);
        NodeChain before = new NodeChain(List.of(stays, new Busy("leaves", Verdict.DELIVER)), new Hooks()::concerns);
        NodeChain after = before.replaceBy(List.of(stays, new Busy("comes", Verdict.DELIVER)), new Hooks()::concerns);

        new Interceptors(Chain.EMPTY, before).served(request, true, new Interceptors(Chain.EMPTY, after));

        assertThat(called).containsExactly("stays served");
    }

    @Test
    public void whoHoldsWhatWasReplacedPassesTheLastOnesUntilThereAreNone() {
        NodeChain first = new NodeChain(List.of(new Busy("first", Verdict.DELIVER)), new Hooks()::concerns);
        NodeChain second = first.replaceBy(List.of(new Busy("second", Verdict.DELIVER)), new Hooks()::concerns);
        NodeChain third = second.replaceBy(List.of(new Busy("third", Verdict.DELIVER)), new Hooks()::concerns);

        first.departing(request);
        second.departing(request);
        third.remove();
        first.departing(request);

        assertThat(called).containsExactly("third departing", "third departing");
    }

    /** As a service does that runs while others are updated many times, each time with another class loader. */
    @Test
    public void whoHoldsWhatWasReplacedDoesNotKeepThoseThatCameAndWentSince() {
        NodeChain held = new NodeChain(List.of(new Busy("held", Verdict.DELIVER)), new Hooks()::concerns);
        NodeChain last = held;
        List<WeakReference<Object>> gone = new ArrayList<>();
        for (int update = 0; update < 3; update++) {
            MessageInterceptor between = new Busy("between", Verdict.DELIVER);
            gone.add(new WeakReference<>(between));
            last = last.replaceBy(List.of(between), new Hooks()::concerns);
        }
        last = last.replaceBy(List.of(new Busy("last", Verdict.DELIVER)), new Hooks()::concerns);

        for (int collection = 0; gone.stream().anyMatch(one -> one.get() != null) && collection < 100; collection++) {
            System.gc();
            Thread.onSpinWait();
        }

        assertThat(gone).allSatisfy(one -> assertThat(one.get()).isNull());
        held.departing(request);
        assertThat(called).containsExactly("last departing");
        Reference.reachabilityFence(last);
    }

    @Test
    public void whoGivesNoVerdictIsNamed() {
        MessageInterceptor silent = new Busy("silent", null);

        assertThatThrownBy(() -> of(silent).arriving(request))
                .hasMessage(silent.getClass().getName() + " has given no verdict");
    }
}
