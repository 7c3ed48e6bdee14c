package org.actium.service.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.osgi.framework.Bundle;

public class OutgoingClassesTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(20);

    /** After an update the classes of before may be there for long. */
    @Test
    public void whoCreatesAnObjectWaitsForNobodyWhoHoldsClasses() throws InterruptedException {
        OutgoingClasses classes = new OutgoingClasses();
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch created = new CountDownLatch(1);
        Iterable<Bundle> bundles = () -> {
            looking.countDown();
            try {
                created.await();
            } catch (InterruptedException ended) {
                throw new AssertionError(ended);
            }
            return Collections.emptyIterator();
        };
        Thread holds =
                Thread.ofPlatform().daemon().start(() -> classes.hold(bundles).close());
        looking.await();

        classes.admit(String.class);

        created.countDown();
        holds.join();
        assertThat(holds.isAlive()).isFalse();
    }
}
