package org.actium.logging;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the parent shows the records of this runtime. Who listens there is asked when there is something to show, and again
 * after each failure: another runtime may be in the place of the parent by then.
 *
 * <p>Threading: for one thread at a time.
 */
final class LogsOfParent implements LogCollector {

    private static final Logger LOG = LoggerFactory.getLogger(LogsOfParent.class);

    private final Endpoint parent;
    private final Links links;
    private final RemoteObjects remoteObjects;
    private Optional<LogCollector> last = Optional.empty(); // of who was there when it was asked last
    private boolean answered; // the last time
    private boolean told; // that nobody answers, since somebody did

    /** @param parent where that was reached */
    LogsOfParent(Endpoint parent, Links links, RemoteObjects remoteObjects) {
        this.parent = Objects.requireNonNull(parent, "parent");
        this.links = Objects.requireNonNull(links, "links");
        this.remoteObjects = Objects.requireNonNull(remoteObjects, "remoteObjects");
    }

    @Override
    public void show(String runtime, long nanos, List<LogRecord> records, long dropped) {
        LogCollector collector = answered ? last.orElseThrow() : present(runtime);
        answered = false;
        collector.show(runtime, nanos, records, dropped);
        answered = true;
        told = false;
    }

    /** If nobody says who is there, the one from before: there may be another way to it by now. */
    private LogCollector present(String runtime) {
        try {
            last = Optional.of(remoteObjects.at(links.resolve(parent), LogCollector.class, LogCollector.NAME));
        } catch (RemotingException unknown) {
            if (!told) {
                told = true;
                LOG.warn(
                        "runtime {}: its log does not reach its parent at {}, and is kept: {}",
                        runtime,
                        parent,
                        unknown.getMessage());
            }
            return last.orElseThrow(() -> unknown);
        }
        return last.orElseThrow();
    }
}
