package org.actium.simulation.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.Test;

/** Each oracle is shown histories that are as they should be, and the smallest ones that are not. */
public class OraclesTest {

    @Test
    public void exactlyOnceAcceptsEachMessageAppliedOnceAlsoIfItWasSentTwice() {
        assertThat(judge(new ExactlyOnceOracle(), sent("a", "b", "m1"), sent("a", "b", "m1"), applied("m1")))
                .isEmpty();
    }

    @Test
    public void exactlyOnceAcceptsThatAMessageGivenUpWasAppliedOrNot() {
        assertThat(judge(
                        new ExactlyOnceOracle(),
                        sent("a", "b", "m1"),
                        sent("a", "b", "m2"),
                        applied("m1"),
                        new Observation.GivenUp("m1"),
                        new Observation.GivenUp("m2")))
                .isEmpty();
    }

    @Test
    public void exactlyOnceSeesAnEffectThatHappensTwice() {
        assertThat(judge(new ExactlyOnceOracle(), sent("a", "b", "m1"), applied("m1"), applied("m1")))
                .containsExactly("m1 was applied twice");
    }

    @Test
    public void exactlyOnceSeesAnEffectOfNothing() {
        assertThat(judge(new ExactlyOnceOracle(), applied("m1"))).containsExactly("m1 was applied and never sent");
    }

    @Test
    public void exactlyOnceSeesAMessageThatIsLost() {
        assertThat(judge(new ExactlyOnceOracle(), sent("a", "b", "m1")))
                .containsExactly("m1 was sent and never applied, and its sender was told nothing");
    }

    @Test
    public void exactlyOnceForgivesTheDeadThatNobodyToldThem() {
        assertThat(judge(
                        new ExactlyOnceOracle(),
                        sent("h2/a", "h1/b", "m1"),
                        sent("h3/a", "h2/b", "m2"),
                        new Observation.Died("h2")))
                .containsExactly("m2 was sent and never applied, and its sender was told nothing");
    }

    @Test
    public void exactlyOnceSeesAnEffectOfWhatWasRefusedBeforeAndAfter() {
        assertThat(judge(new ExactlyOnceOracle(), sent("a", "b", "m1"), new Observation.Refused("m1")))
                .isEmpty();
        assertThat(judge(new ExactlyOnceOracle(), sent("a", "b", "m1"), new Observation.Refused("m1"), applied("m1")))
                .containsExactly("m1 was applied after its sender was told that it never will be");
        assertThat(judge(new ExactlyOnceOracle(), sent("a", "b", "m1"), applied("m1"), new Observation.Refused("m1")))
                .containsExactly("m1 was applied, and its sender was told that it was not");
    }

    @Test
    public void leaksOfTheDeadAreNone() {
        assertThat(judge(
                        new LeakOracle(),
                        new Observation.Opened("call", "h2/a>h1/b#1"),
                        new Observation.Opened("call", "h2.2/a>h1/b#1"),
                        new Observation.Died("h2")))
                .containsExactly("1 left open: call h2.2/a>h1/b#1");
    }

    @Test
    public void fifoAcceptsAnyOrderBetweenDifferentPairs() {
        assertThat(judge(
                        new FifoOracle(),
                        sent("a", "c", "a1"),
                        sent("b", "c", "b1"),
                        sent("a", "c", "a2"),
                        sent("a", "d", "a3"),
                        queued("d", "a3"),
                        queued("c", "b1"),
                        queued("c", "a1"),
                        queued("c", "a2")))
                .isEmpty();
    }

    @Test
    public void fifoSeesAMessageThatOvertakes() {
        assertThat(judge(
                        new FifoOracle(),
                        sent("a", "c", "a1"),
                        sent("a", "c", "a2"),
                        queued("c", "a2"),
                        queued("c", "a1")))
                .containsExactly("a1 entered the queue of c after a2, which a had sent later");
    }

    @Test
    public void fifoKeepsThePlaceOfAMessageThatIsSentAgain() {
        assertThat(judge(
                        new FifoOracle(),
                        sent("a", "c", "a1"),
                        sent("a", "c", "a2"),
                        sent("a", "c", "a1"),
                        queued("c", "a1"),
                        queued("c", "a2")))
                .isEmpty();
    }

    @Test
    public void fifoSeesAMessageAtTheWrongPlace() {
        assertThat(judge(new FifoOracle(), sent("a", "c", "a1"), queued("d", "a1")))
                .containsExactly("a1 entered the queue of d, to which nobody had sent it");
    }

    @Test
    public void causalAcceptsConcurrentMessagesInAnyOrder() {
        assertThat(judge(
                        new CausalOracle(),
                        sent("a", "c", "a1"),
                        sent("b", "c", "b1"),
                        queued("c", "b1"),
                        queued("c", "a1")))
                .isEmpty();
    }

    @Test
    public void causalSeesATriangleClosedTooEarly() {
        assertThat(judge(
                        new CausalOracle(),
                        sent("a", "c", "a1"),
                        sent("a", "b", "a2"),
                        queued("b", "a2"),
                        served("b", "a2"),
                        sent("b", "c", "b1"),
                        queued("c", "b1")))
                .containsExactly("b1 entered the queue of c before a1, the sending of which it depends on");
    }

    @Test
    public void causalAcceptsATriangleInOrder() {
        assertThat(judge(
                        new CausalOracle(),
                        sent("a", "c", "a1"),
                        queued("c", "a1"),
                        sent("a", "b", "a2"),
                        queued("b", "a2"),
                        served("b", "a2"),
                        sent("b", "c", "b1"),
                        queued("c", "b1")))
                .isEmpty();
    }

    @Test
    public void causalDoesNotMindWhatWasOnlyQueued() {
        assertThat(judge(
                        new CausalOracle(),
                        sent("a", "c", "a1"),
                        sent("a", "b", "a2"),
                        queued("b", "a2"),
                        sent("b", "c", "b1"),
                        queued("c", "b1"),
                        queued("c", "a1")))
                .isEmpty();
    }

    @Test
    public void causalSeesThroughAChainOfBodies() {
        assertThat(judge(
                        new CausalOracle(),
                        sent("a", "z", "first"),
                        sent("a", "b", "ab"),
                        queued("b", "ab"),
                        served("b", "ab"),
                        sent("b", "c", "bc"),
                        queued("c", "bc"),
                        served("c", "bc"),
                        sent("c", "z", "last"),
                        queued("z", "last")))
                .containsExactly("last entered the queue of z before first, the sending of which it depends on");
    }

    @Test
    public void causalSeesWhatFifoSees() {
        assertThat(judge(new CausalOracle(), sent("a", "c", "a1"), sent("a", "c", "a2"), queued("c", "a2")))
                .containsExactly("a2 entered the queue of c before a1, the sending of which it depends on");
    }

    @Test
    public void setOnceAcceptsOneValueAtManyPlaces() {
        assertThat(judge(new SetOnceOracle(), set("f1", "a", "7"), set("f1", "b", "7"), set("f2", "a", "8")))
                .isEmpty();
    }

    @Test
    public void setOnceSeesASecondValueAlsoIfItIsTheSame() {
        assertThat(judge(new SetOnceOracle(), set("f1", "a", "7"), set("f1", "a", "7")))
                .containsExactly("future f1 was set twice at a: to 7, then to 7");
    }

    @Test
    public void setOnceSeesHoldersThatDisagree() {
        assertThat(judge(new SetOnceOracle(), set("f1", "a", "7"), set("f1", "b", "8")))
                .containsExactly("future f1 is 7 at a and 8 at b");
    }

    @Test
    public void liveIncarnationAcceptsOneAfterTheOther() {
        assertThat(judge(
                        new LiveIncarnationOracle(),
                        started("x", 0, "h1"),
                        acted("x", 0, "h1"),
                        started("x", 1, "h2"),
                        acted("x", 1, "h2"),
                        started("y", 0, "h1"),
                        acted("y", 0, "h1")))
                .isEmpty();
    }

    @Test
    public void liveIncarnationSeesAZombieAct() {
        assertThat(judge(
                        new LiveIncarnationOracle(), started("x", 0, "h1"), started("x", 1, "h2"), acted("x", 0, "h1")))
                .containsExactly("x: incarnation 0 on h1 acted while incarnation 1 on h2 was live");
    }

    @Test
    public void liveIncarnationSeesTheSameOneBegunTwice() {
        assertThat(judge(new LiveIncarnationOracle(), started("x", 1, "h1"), started("x", 1, "h2")))
                .containsExactly("x: incarnation 1 on h2 began after incarnation 1 on h1");
    }

    @Test
    public void liveIncarnationSeesACopyElsewhere() {
        assertThat(judge(new LiveIncarnationOracle(), started("x", 1, "h1"), acted("x", 1, "h2")))
                .containsExactly("x: incarnation 1 on h2 acted while incarnation 1 on h1 was live");
    }

    @Test
    public void leakAcceptsWhatIsClosedAgain() {
        assertThat(judge(
                        new LeakOracle(),
                        opened("t1"),
                        opened("t2"),
                        closed("t2"),
                        closed("t1"),
                        opened("t1"),
                        closed("t1")))
                .isEmpty();
    }

    @Test
    public void leakSeesWhatIsLeftAndWhatIsClosedTwice() {
        assertThat(judge(new LeakOracle(), opened("t2"), opened("t1")))
                .containsExactly("2 left open: thread t1, thread t2");
        assertThat(judge(new LeakOracle(), opened("t1"), closed("t1"), closed("t1")))
                .containsExactly("thread t1 was closed and not open");
        assertThat(judge(new LeakOracle(), opened("t1"), opened("t1"), closed("t1")))
                .containsExactly("thread t1 was opened twice");
    }

    private static List<String> judge(Oracle oracle, Observation... history) {
        List<Optional<String>> verdicts =
                Stream.of(history).map(oracle::observe).toList();
        return Stream.concat(verdicts.stream(), Stream.of(oracle.finish()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Observation sent(String from, String to, String message) {
        return new Observation.Sent(from, to, message);
    }

    private static Observation queued(String to, String message) {
        return new Observation.Queued(to, message);
    }

    private static Observation served(String by, String message) {
        return new Observation.Served(by, message);
    }

    private static Observation applied(String message) {
        return new Observation.Applied(message);
    }

    private static Observation set(String future, String holder, String value) {
        return new Observation.FutureSet(future, holder, value);
    }

    private static Observation started(String body, long incarnation, String host) {
        return new Observation.IncarnationStarted(body, incarnation, host);
    }

    private static Observation acted(String body, long incarnation, String host) {
        return new Observation.IncarnationActed(body, incarnation, host);
    }

    private static Observation opened(String thread) {
        return new Observation.Opened("thread", thread);
    }

    private static Observation closed(String thread) {
        return new Observation.Closed("thread", thread);
    }
}
