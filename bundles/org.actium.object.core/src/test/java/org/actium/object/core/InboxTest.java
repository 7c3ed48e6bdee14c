package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeId;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class InboxTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private static final BodyId TARGET = new BodyId(new RuntimeId(1, 1), 1);
    private static final int SENDERS = 4;
    private static final int EACH = 50_000;

    private final Inbox inbox = new Inbox();

    private static Request request(int sender, int number) {
        return new Request(
                TARGET, Optional.of(new BodyId(new RuntimeId(0, 0), sender)), number, "m()V", new Object[0], null);
    }

    @Test
    public void onlyTheFirstPushAfterSleepWakesTheTaker() {
        assertThat(inbox.push(request(1, 1))).isEqualTo(Inbox.Push.START);
        assertThat(inbox.push(request(1, 2))).isEqualTo(Inbox.Push.QUEUED);

        assertThat(inbox.taker().poll()).extracting("sequence").isEqualTo(1L);
        assertThat(inbox.taker().sleep()).as("one is left").isFalse();
        assertThat(inbox.taker().poll()).extracting("sequence").isEqualTo(2L);
        assertThat(inbox.taker().poll()).isNull();
        assertThat(inbox.push(request(1, 3))).as("the taker has not slept yet").isEqualTo(Inbox.Push.QUEUED);
        assertThat(inbox.taker().sleep()).as("something arrived").isFalse();
        assertThat(inbox.taker().poll()).extracting("sequence").isEqualTo(3L);
        assertThat(inbox.taker().sleep()).isTrue();
        assertThat(inbox.push(request(1, 4))).isEqualTo(Inbox.Push.START);
    }

    @Test
    public void countsRightHoweverOftenTheTakerSleeps() {
        for (int i = 1; i <= 1_000; i++) {
            assertThat(inbox.push(request(1, i), 1)).isEqualTo(Inbox.Push.START);
            assertThat(inbox.size()).isEqualTo(1);
            assertThat(inbox.push(request(2, i), 1)).isEqualTo(Inbox.Push.FULL);
            assertThat(inbox.taker().poll()).extracting("sequence").isEqualTo((long) i);
            assertThat(inbox.size()).isZero();
            assertThat(inbox.taker().sleep()).isTrue();
        }
    }

    @Test
    public void aTakerThatSleepsMayServeAnotherInbox() {
        Inbox other = new Inbox();
        Taker taker = inbox.admit(new Taker());
        for (int i = 1; i <= 1_000; i++) {
            inbox.push(request(1, i));
            assertThat(taker.poll()).extracting("sequence").isEqualTo((long) i);
            assertThat(taker.sleep()).isTrue();
            taker.leave();
            assertThat(taker.isTaken()).isFalse();
            assertThat(inbox.push(request(2, i), 1)).isEqualTo(Inbox.Push.START);

            assertThat(other.push(request(3, i))).isEqualTo(Inbox.Push.START);
            other.admit(taker);
            assertThat(inbox.size()).isEqualTo(1);
            assertThat(other.size()).isEqualTo(1);
            assertThat(taker.poll()).extracting("sequence").isEqualTo((long) i);
            assertThat(taker.sleep()).isTrue();
            taker.leave();

            inbox.admit(taker);
            assertThat(taker.poll()).extracting("sequence").isEqualTo((long) i);
            assertThat(inbox.size()).isZero();
        }
    }

    @Test
    public void aTakerOfAnotherInboxHearsOfItsEndOnly() {
        Inbox ended = new Inbox();
        Taker taker = ended.admit(new Taker());
        assertThat(taker.begin()).isTrue();
        assertThat(taker.sleep()).isTrue();
        taker.leave();
        inbox.push(request(1, 1));
        inbox.admit(taker);

        ended.end();
        assertThat(taker.isEnding()).isFalse();
        inbox.end();

        assertThat(taker.isEnding()).isTrue();
    }

    @Test
    public void aRequestBeyondTheCapacityLeavesNoPlaceForOthers() {
        assertThat(inbox.push(request(1, 1), 3)).isEqualTo(Inbox.Push.START);
        inbox.push(request(2, 1));
        assertThat(inbox.push(request(1, 2), 3)).isEqualTo(Inbox.Push.QUEUED);
        assertThat(inbox.push(request(1, 3), 3)).isEqualTo(Inbox.Push.FULL);
        inbox.push(request(2, 2));
        inbox.taker().poll();

        assertThat(inbox.push(request(1, 3), 3)).as("three are left").isEqualTo(Inbox.Push.FULL);
        inbox.taker().poll();
        assertThat(inbox.push(request(1, 3), 3)).isEqualTo(Inbox.Push.QUEUED);
        assertThat(inbox.push(request(1, 4), 3)).isEqualTo(Inbox.Push.FULL);
    }

    @Test
    public void aTakerThatWasThereBeforeHearsOfTheEndAndOfUrgentOrders() {
        inbox.push(request(1, 1));
        inbox.push(request(1, 2));
        Taker taker = inbox.taker();
        taker.poll();
        assertThat(taker.begin()).isTrue();
        Work.Order urgent = new Work.Errand(Work.Rank.BEFORE_REQUESTS, () -> {});

        inbox.push(urgent);
        assertThat(taker.poll()).isSameAs(urgent);
        inbox.end();

        assertThat(taker.isEnding()).isTrue();
        assertThat(taker.poll()).extracting("sequence").isEqualTo(2L);
        assertThat(taker.begin()).isFalse();
    }

    /** As long as whoever ends the body has not come to call the taker, which ends it by itself in a primitive of service. */
    @Test
    public void whatTheTakerItselfRefusedItDoesNotServe() throws ReflectiveOperationException {
        inbox.push(request(1, 1));
        inbox.push(request(1, 2));
        Taker taker = inbox.taker();
        taker.poll();
        taker.begin();
        Field ending = Inbox.class.getDeclaredField("ending");
        ending.setAccessible(true);
        ending.setBoolean(inbox, true);

        assertThat(inbox.closeFromOutside()).extracting(Request::sequence).containsExactly(2L);

        assertThat(taker.poll()).extracting("sequence").isEqualTo(2L);
        assertThat(taker.begin()).isFalse();
    }

    @Test
    public void theTakerMayWaitAndRiseBetweenRequests() {
        inbox.push(request(1, 1));
        inbox.taker().poll();

        assertThat(inbox.taker().park()).isTrue();
        assertThat(inbox.push(request(1, 2), 1)).isEqualTo(Inbox.Push.UNPARK);
        inbox.taker().rise();
        assertThat(inbox.taker().poll()).extracting("sequence").isEqualTo(2L);
        assertThat(inbox.taker().park()).isTrue();
        inbox.taker().rise();
        assertThat(inbox.push(request(1, 3), 1)).isEqualTo(Inbox.Push.QUEUED);
        assertThat(inbox.taker().poll()).extracting("sequence").isEqualTo(3L);
        assertThat(inbox.taker().sleep()).isTrue();
    }

    @Test
    public void closingReturnsWhatIsLeftInOrderAndRefusesTheRest() {
        for (int i = 1; i <= 4; i++) {
            inbox.push(request(1, i));
        }
        inbox.taker().poll();
        inbox.push(request(1, 5));

        List<Long> left = new ArrayList<>();
        for (Work work = inbox.taker().close(); work != null; work = work.next) {
            left.add(((Request) work).sequence());
        }

        assertThat(left).containsExactly(2L, 3L, 4L, 5L);
        assertThat(inbox.push(request(1, 6))).isEqualTo(Inbox.Push.CLOSED);
        assertThat(inbox.taker().close()).isNull();
    }

    @Test
    public void closingFromOutsideTellsWhatWaitsAndLeavesTheTakerWhatItHasTaken() {
        for (int i = 1; i <= 3; i++) {
            inbox.push(request(1, i));
        }
        inbox.taker().poll();
        inbox.push(request(1, 4));
        inbox.push(request(1, 5));

        assertThat(inbox.closeFromOutside()).extracting(Request::sequence).containsExactly(2L, 3L, 4L, 5L);

        assertThat(inbox.push(request(1, 6))).isEqualTo(Inbox.Push.CLOSED);
        assertThat(inbox.taker().poll()).extracting("sequence").isEqualTo(2L);
        assertThat(inbox.closeFromOutside()).extracting(Request::sequence).containsExactly(3L);
        assertThat(inbox.taker().close()).extracting("sequence").isEqualTo(3L);
    }

    /** Senders race with a taker that goes to sleep whenever it can; a wake-up that got lost would hang this. */
    @Test
    public void losesNothingAndKeepsTheOrderOfEachSenderUnderRaces() throws InterruptedException {
        long[] latest = new long[SENDERS];
        AtomicInteger awake = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        List<String> wrong = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(SENDERS * EACH);
        Runnable taker = () -> {
            if (awake.incrementAndGet() != 1) {
                wrong.add("two takers at once");
            }
            while (true) {
                Work work = inbox.taker().poll();
                if (work == null) {
                    awake.decrementAndGet();
                    if (inbox.taker().sleep()) {
                        return;
                    }
                    awake.incrementAndGet();
                    continue;
                }
                Request request = (Request) work;
                int sender = (int) request.sender().orElseThrow().number();
                if (request.sequence() != latest[sender] + 1) {
                    wrong.add(sender + ": " + request.sequence() + " after " + latest[sender]);
                }
                latest[sender] = request.sequence();
                served.incrementAndGet();
                all.countDown();
            }
        };
        for (int s = 0; s < SENDERS; s++) {
            int sender = s;
            Thread.ofPlatform().start(() -> {
                for (int i = 1; i <= EACH; i++) {
                    if (inbox.push(request(sender, i)) == Inbox.Push.START) {
                        Thread.startVirtualThread(taker);
                    }
                }
            });
        }

        all.await();

        assertThat(wrong).isEmpty();
        assertThat(served).hasValue(SENDERS * EACH);
    }
}
