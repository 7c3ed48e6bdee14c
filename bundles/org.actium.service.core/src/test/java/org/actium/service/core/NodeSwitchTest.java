package org.actium.service.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.Verdict;
import org.junit.Test;

public class NodeSwitchTest {

    private static final int CALLS = 10_000;

    private final NodeSwitch passage = new NodeSwitch();

    @Test
    public void aCallOnANodeWithoutServicesAllocatesNothing() {
        assertThat(allocated()).as("bytes for %d calls", CALLS).isZero();

        passage.set(List.of(new MessageInterceptor() {}));
        passage.set(List.of());
        assertThat(allocated()).as("nor if it had some before").isZero();
    }

    private long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        calls(); // what classes take that were never used
        long before = threads.getCurrentThreadAllocatedBytes();
        calls();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** All that is asked for a call, and let pass. */
    private void calls() {
        for (int i = 0; i < CALLS; i++) {
            passage.calling(null);
            passage.departing(null);
            if (passage.arriving(null) != Verdict.DELIVER || passage.looksAtReplies()) {
                throw new AssertionError("nobody is there to look");
            }
            passage.serving(null);
            passage.served(null, true);
        }
    }
}
