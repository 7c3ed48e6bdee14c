package org.actium.deadlock;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.actium.deadlock.api.Deadlock;
import org.actium.deadlock.api.DeadlockException;
import org.actium.deadlock.api.DeadlockListener;
import org.actium.object.spi.Wait;
import org.actium.object.spi.WaitGraph;
import org.actium.object.spi.WaitListener;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the waits of this runtime, lets {@link EdgeChasing} look at those that last, and does what it wants done.
 *
 * <p>Threading: what is to be handled (messages, looks) is put into a queue and handled one after the other, on a thread
 * that exists only while there is something. Messages are sent on threads of their own, because a link may block. While
 * nobody waits no timer runs.
 */
@Component(
        service = {},
        immediate = true)
public final class DeadlockDetection implements AutoCloseable {

    static final String PATIENCE = "actium.deadlock.patience.millis";
    static final String POLICY = "actium.deadlock.policy";

    private static final Logger LOG = LoggerFactory.getLogger(DeadlockDetection.class);

    private final WaitGraph graph;
    private final Threads threads;
    private final Time time;
    private final Settings settings;
    private final WaitTable waits;
    private final EdgeChasing chasing;
    private final List<DeadlockListener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> toDo = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean atWork = new AtomicBoolean();
    private final AtomicBoolean lookPlanned = new AtomicBoolean();
    private final Registration listening;
    private volatile Registration nextLook = () -> {};
    private volatile boolean closed;

    /** What is done about a deadlock besides reporting it. */
    public enum Policy {
        /** Nothing. */
        REPORT,
        /** The wait of its first member ends with a {@link DeadlockException}. */
        FAIL
    }

    /** @param patience how long a wait must have lasted before anybody asks about it */
    public record Settings(Duration patience, Policy policy) {

        public static final Settings DEFAULT = new Settings(Duration.ofSeconds(1), Policy.REPORT);

        public Settings {
            Objects.requireNonNull(policy, "policy");
            if (!patience.isPositive()) {
                throw new IllegalArgumentException("patience of " + patience.toMillis() + " ms; it must be positive");
            }
        }

        /** @throws IllegalArgumentException naming the property and what is wrong with it */
        static Settings of(Optional<String> patienceMillis, Optional<String> policy) {
            return new Settings(
                    patienceMillis.map(Settings::patience).orElse(DEFAULT.patience()),
                    policy.map(Settings::policy).orElse(DEFAULT.policy()));
        }

        private static Duration patience(String millis) {
            try {
                long number = Long.parseLong(millis.strip());
                if (number > 0) {
                    return Duration.ofMillis(number);
                }
            } catch (NumberFormatException notANumber) {
                // told below
            }
            throw new IllegalArgumentException(
                    "framework property " + PATIENCE + " is '" + millis + "', which is not a positive whole number");
        }

        private static Policy policy(String name) {
            return switch (name.strip().toLowerCase(Locale.ROOT)) {
                case "report" -> Policy.REPORT;
                case "fail" -> Policy.FAIL;
                default ->
                    throw new IllegalArgumentException(
                            "framework property " + POLICY + " is '" + name + "'; it may be report or fail");
            };
        }
    }

    @Activate
    public DeadlockDetection(
            @Reference WaitGraph graph,
            @Reference Links links,
            @Reference Threads threads,
            @Reference Time time,
            BundleContext bundle) {
        this(
                graph,
                links,
                threads,
                time,
                Settings.of(
                        Optional.ofNullable(bundle.getProperty(PATIENCE)),
                        Optional.ofNullable(bundle.getProperty(POLICY))));
    }

    public DeadlockDetection(WaitGraph graph, Links links, Threads threads, Time time, Settings settings) {
        this.graph = Objects.requireNonNull(graph, "graph");
        this.threads = Objects.requireNonNull(threads, "threads");
        this.time = Objects.requireNonNull(time, "time");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.waits = new WaitTable(links.self().name(), graph);
        this.chasing = new EdgeChasing(links.self(), waits);
        this.listening = graph.listen(new WaitListener() {
            @Override
            public void begins(Wait wait) {
                if (waits.add(wait)) {
                    planLook();
                }
            }

            @Override
            public void ends(Wait wait) {
                waits.remove(wait);
            }

            @Override
            public void told(RuntimeAddress by, ByteBuffer message) {
                Message read = MessageFormat.read(message);
                handle(() -> perform(chasing.receive(by, read)));
            }
        });
    }

    /** Hears of deadlocks found from now on. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "withoutListener")
    public void withListener(DeadlockListener listener) {
        listeners.add(listener);
    }

    public void withoutListener(DeadlockListener listener) {
        listeners.remove(listener);
    }

    @Override
    @Deactivate
    public void close() {
        closed = true;
        listening.close();
        nextLook.close();
    }

    // ---- looking

    private void planLook() {
        if (!lookPlanned.get() && !closed && lookPlanned.compareAndSet(false, true)) {
            nextLook = time.after(settings.patience(), () -> handle(this::look));
        }
    }

    private void look() {
        List<WaitId> suspects = waits.look();
        lookPlanned.set(false);
        if (!waits.isEmpty()) {
            planLook();
        }
        perform(chasing.suspect(suspects));
    }

    // ---- one after the other

    private void handle(Runnable task) {
        toDo.add(task);
        if (atWork.compareAndSet(false, true)) {
            threads.run(this::work);
        }
    }

    private void work() {
        do {
            for (Runnable task = toDo.poll(); task != null; task = toDo.poll()) {
                if (!closed) {
                    guarded(task);
                }
            }
            atWork.set(false);
        } while (!toDo.isEmpty() && atWork.compareAndSet(false, true));
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failed) {
            LOG.error("looking for deadlocks: this step failed, the next one is taken", failed);
        }
    }

    // ---- doing what is to be done

    private void perform(List<Action> actions) {
        for (Action action : actions) {
            switch (action) {
                case Action.Send(RuntimeAddress to, Message message) -> threads.run(() -> send(to, message));
                case Action.Report(Deadlock deadlock, WaitId first) -> report(deadlock, first);
            }
        }
    }

    private void send(RuntimeAddress to, Message message) {
        try {
            graph.tell(to, MessageFormat.write(message));
        } catch (RemotingException lost) {
            LOG.debug("a question about waits does not reach {}: {}", to, lost.getMessage());
        }
    }

    private void report(Deadlock deadlock, WaitId first) {
        LOG.warn("deadlock: {}", deadlock);
        for (DeadlockListener listener : listeners) {
            threads.run(() -> guarded(() -> listener.found(deadlock)));
        }
        if (settings.policy() == Policy.FAIL && !waits.fail(first, new DeadlockException(deadlock))) {
            LOG.warn(
                    "deadlock: the wait of {} cannot be ended by an exception",
                    deadlock.members().getFirst());
        }
    }
}
