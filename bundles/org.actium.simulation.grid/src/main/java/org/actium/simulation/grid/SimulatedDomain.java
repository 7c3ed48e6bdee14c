package org.actium.simulation.grid;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.actium.codec.api.Codec;
import org.actium.codec.java.JavaCodec;
import org.actium.object.spi.Stubs;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Endpoint;
import org.actium.simulation.Boot;
import org.actium.simulation.Machine;
import org.actium.testkit.EmbeddedRuntime;

/**
 * A domain of runtimes, one on each host. The first host to be asked for is the root, which the others join each time
 * they boot:
 * <pre>{@code
 * SimulatedDomain domain = new SimulatedDomain(stubs);
 * simulation.host("h1", domain.root((machine, runtime) -> main(runtime)))
 *           .host("h2", domain.member());
 * }</pre>
 * Made anew for each run.
 */
public final class SimulatedDomain {

    private static final int PORT = 4000;

    private static final Duration JOIN_AGAIN = Duration.ofSeconds(1);

    private final Stubs stubs;
    private final Supplier<Codec> codecs;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rootIsThere = lock.newCondition();
    private EmbeddedRuntime root; // guarded by lock
    private volatile boolean ended;

    /**
     * @param stubs those of other runs, too: they keep generated classes and nothing of a run, and generating these takes
     *     longer than a short run
     */
    public SimulatedDomain(Stubs stubs) {
        this(stubs, JavaCodec::new);
    }

    private SimulatedDomain(Stubs stubs, Supplier<Codec> codecs) {
        this.stubs = Objects.requireNonNull(stubs, "stubs");
        this.codecs = codecs;
    }

    /**
     * A domain whose runtimes hand each other deep copies of what messages carry, instead of writing and reading it. That
     * is faster, for runs with many objects; what it leaves untried says {@link CopyingCodec}.
     */
    public static SimulatedDomain passingCopies(Stubs stubs) {
        Codec one = new CopyingCodec(new JavaCodec());
        return new SimulatedDomain(stubs, () -> one);
    }

    /** What a host does once its runtime belongs to the domain; runs on a thread of the host. */
    @FunctionalInterface
    public interface Program {
        void run(Machine machine, EmbeddedRuntime runtime) throws Exception;
    }

    /** The host whose runtime the others join. */
    public Boot root(Program program) {
        return machine -> {
            EmbeddedRuntime runtime = start(machine);
            lock.lock();
            try {
                root = runtime;
                rootIsThere.signalAll();
            } finally {
                lock.unlock();
            }
            program.run(machine, runtime);
        };
    }

    /** A host that joins, again and again while the root cannot be reached, and then runs the program. */
    public Boot member(Program program) {
        return machine -> {
            EmbeddedRuntime runtime = start(machine);
            join(machine, runtime, awaitRoot());
            if (ended) {
                runtime.close();
            } else {
                program.run(machine, runtime);
            }
        };
    }

    /** From now on nobody joins any more: a host that boots closes its runtime at once. */
    public void end() {
        ended = true;
    }

    private void join(Machine machine, EmbeddedRuntime runtime, EmbeddedRuntime root) {
        while (!ended) {
            try {
                runtime.join(root);
                return;
            } catch (RemotingException unreachable) {
                machine.sometimes("join failed");
                machine.sleep(JOIN_AGAIN);
            }
        }
    }

    /** A host that joins and offers its default node. */
    public Boot member() {
        return member((machine, runtime) -> {});
    }

    private EmbeddedRuntime start(Machine machine) {
        return new EmbeddedRuntime(
                machine.host(),
                machine.ports(),
                machine.transport(),
                new Endpoint(machine.host(), PORT),
                stubs,
                codecs.get());
    }

    private EmbeddedRuntime awaitRoot() throws InterruptedException {
        lock.lock();
        try {
            while (root == null) {
                rootIsThere.await();
            }
            return root;
        } finally {
            lock.unlock();
        }
    }
}
