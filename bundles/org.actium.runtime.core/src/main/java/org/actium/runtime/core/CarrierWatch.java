package org.actium.runtime.core;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that objects which compute for long do not keep everybody else from running. The JVM gives virtual threads as many
 * carriers as there are processors and takes none away from a thread that does not block; with as many objects computing,
 * nothing else would go on, not even what tells other runtimes that this one is alive. So this starts a virtual thread
 * every now and then, and if that has to wait it adds a carrier, among which the system shares the processors.
 *
 * <p>For the whole JVM: through {@code jdk.management.VirtualThreadSchedulerMXBean}.
 */
@Component(immediate = true, service = CarrierWatch.class)
public final class CarrierWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CarrierWatch.class);

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMillis(20);

    /** Probes in a row that did not have to wait, after which a carrier is taken back. */
    private static final int CALM = 100;

    /** The JVM makes no more carriers than that unless told to. */
    private static final int MOST = 256;

    private static final String PARALLELISM = "Parallelism";

    private final Thread watcher;
    private volatile boolean closed;
    private volatile boolean ran; // the probe
    private int added;
    private int calm;

    /** Starts to watch at once, on a thread of the system. */
    @Activate
    public CarrierWatch() {
        watcher = Thread.ofPlatform().daemon().name("carrier-watch").start(this::watch);
    }

    /** Takes back the carriers it added. */
    @Override
    @Deactivate
    public void close() {
        closed = true;
        LockSupport.unpark(watcher);
    }

    private void watch() {
        try {
            while (!closed) {
                probe();
                LockSupport.parkNanos(this, BETWEEN_PROBES.toNanos());
            }
            change(-added);
        } catch (JMException | RuntimeException unsupported) {
            LOG.warn(
                    "carriers cannot be added on Java {}: objects that compute may delay all others, and other runtimes"
                            + " may take this one for lost; -Djdk.virtualThreadScheduler.parallelism=<more> helps",
                    Runtime.version(),
                    unsupported);
        }
    }

    private void probe() throws JMException {
        ran = false;
        Thread.ofVirtual().start(() -> {
            ran = true;
            LockSupport.unpark(watcher);
        });
        if (isPrompt()) {
            if (added > 0 && ++calm >= CALM) {
                calm = 0;
                change(-1);
            }
            return;
        }
        calm = 0;
        while (!ran && !closed) {
            change(1);
            knock();
            isPrompt();
        }
    }

    /**
     * A carrier that may be there begins only when a thread comes into a queue that was empty; threads of the system have
     * different ones, so another thread of the system finds one.
     */
    private static void knock() {
        Thread.ofPlatform()
                .daemon()
                .name("carrier-watch-knocks")
                .start(() -> Thread.ofVirtual().start(() -> {}));
    }

    private boolean isPrompt() {
        long start = System.nanoTime();
        while (!ran && !closed) {
            long left = PATIENCE.toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, left);
        }
        return true;
    }

    private void change(int by) throws JMException {
        if (by == 0) {
            return;
        }
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName scheduler = scheduler();
        int now = (int) server.getAttribute(scheduler, PARALLELISM);
        if (now + by > MOST) {
            return;
        }
        server.setAttribute(scheduler, new Attribute(PARALLELISM, now + by));
        added += by;
        LOG.debug("virtual threads have {} carriers now", now + by);
    }

    private static ObjectName scheduler() throws MalformedObjectNameException {
        return new ObjectName("jdk.management:type=VirtualThreadScheduler");
    }
}
