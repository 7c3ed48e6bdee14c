package org.actium.itests.recovery;

import java.util.concurrent.CountDownLatch;

/** Whom nobody recovers, and who holds up those who ask. */
public class Gate {

    static volatile CountDownLatch asked = new CountDownLatch(1);
    static volatile CountDownLatch open = new CountDownLatch(1);

    public Score pass() {
        asked.countDown();
        try {
            open.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        return new Score(1);
    }
}
