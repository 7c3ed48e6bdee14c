package org.actium.itests.recovery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.actium.ft.core.RecoverableActiveObjects;
import org.actium.ft.core.RecoverableActiveObjects.Hosting;
import org.actium.ft.core.RecoverableObjects;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.sql.SqliteStore;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.runtime.spi.Time;
import org.actium.testkit.EmbeddedGrid;
import org.actium.testkit.EmbeddedRuntime;
import org.actium.testkit.Eventually;
import org.junit.rules.ExternalResource;
import org.junit.rules.RuleChain;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.TestRule;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/**
 * A JUnit rule that gives a test runtimes of one domain, stores on disk, and recoverable objects. What was opened is closed
 * after the test, the last first, and before the runtimes.
 */
final class RecoveryGrid implements TestRule {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final EmbeddedGrid runtimes = new EmbeddedGrid();
    private final TemporaryFolder folder = new TemporaryFolder();
    private final SystemThreads threads = new SystemThreads();
    private final SystemTime time = new SystemTime(threads);
    private final Ports ports = new Ports(time, threads, new SystemRandom());
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(time));

    @Override
    public Statement apply(Statement test, Description description) {
        return RuleChain.outerRule(folder)
                .around(runtimes)
                .around(new Closing())
                .apply(test, description);
    }

    private final class Closing extends ExternalResource {
        @Override
        protected void after() {
            try {
                for (AutoCloseable resource : opened.reversed()) {
                    resource.close();
                }
            } catch (Exception failed) {
                throw new AssertionError("what the test had opened was not closed cleanly", failed);
            }
        }
    }

    Time time() {
        return time;
    }

    Ports ports() {
        return ports;
    }

    EmbeddedRuntime runtime(String name) {
        return runtimes.runtime(name);
    }

    <T extends AutoCloseable> T open(T resource) {
        opened.add(resource);
        return resource;
    }

    Path file(String name) {
        return folder.getRoot().toPath().resolve(name);
    }

    /** Closed by the server that it is given to. */
    Store store(String name) {
        return SqliteStore.open(file(name), threads);
    }

    /** Objects on the runtime, or callers only, that ask that server. */
    RecoverableActiveObjects recovering(
            EmbeddedRuntime runtime,
            EmbeddedRuntime server,
            String run,
            Hosting hosting,
            RecoverableObjects.Settings settings) {
        return open(new RecoverableActiveObjects(
                runtime.recoverableBodies(),
                new RecoverableObjects.Ports(
                        runtime.links().self(),
                        runtime.remoteObjects(),
                        () -> server.links().self(),
                        () -> run,
                        ports),
                hosting,
                settings));
    }

    /** What is created on the runtime is recoverable, and others' objects may come to its default node. */
    static Hosting everything(EmbeddedRuntime runtime, EmbeddedRuntime server) {
        return new Hosting(
                node -> true,
                Optional.of(runtime.runtime().defaultNode()),
                () -> server.links().self());
    }

    void eventually(String what, BooleanSupplier condition) {
        new Eventually(time, PATIENCE).holds(what, condition);
    }
}
