package org.actium.ft.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.actium.ft.api.RecoveryEvent;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class EventsTest {

    private static final RecoveryEvent FAILS = new RecoveryEvent.StoreFails("full");
    private static final RecoveryEvent WORKS = new RecoveryEvent.StoreWorks(Duration.ofSeconds(1));

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    @Test
    public void whoIsSlowToHearHearsAllInItsOrder() throws InterruptedException {
        List<RecoveryEvent> heard = new CopyOnWriteArrayList<>();
        var hearing = new CountDownLatch(1);
        var heardOut = new CountDownLatch(1);
        var events = new Events(event -> {
            if (event.equals(FAILS)) {
                hearing.countDown();
                await(heardOut);
            }
            heard.add(event);
        });
        events.add(FAILS);
        Thread first = Thread.ofVirtual().start(events::tell);
        hearing.await();

        events.add(WORKS);
        events.tell();
        assertThat(heard).as("the second does not overtake").isEmpty();

        heardOut.countDown();
        first.join();
        assertThat(heard).containsExactly(FAILS, WORKS);
        assertThat(events.news(1, Optional.empty())).isEqualTo(new RecoveryServer.News(2, List.of(WORKS)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    public void whoFailsIsToldTheNext() {
        List<RecoveryEvent> heard = new CopyOnWriteArrayList<>();
        var events = new Events(event -> {
            heard.add(event);
            throw new IllegalStateException("deaf");
        });

        events.add(FAILS);
        events.tell();
        events.add(WORKS);
        events.tell();

        assertThat(heard).containsExactly(FAILS, WORKS);
    }
}
