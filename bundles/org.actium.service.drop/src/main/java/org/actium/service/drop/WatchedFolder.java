package org.actium.service.drop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;
import org.actium.service.api.BundleUpdates;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at {@code ${actium.state}/drop}, which it makes, every second. */
@Component(service = WatchedFolder.class, immediate = true)
public final class WatchedFolder {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFolder.class);
    private static final String STATE = "actium.state";
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Path path;
    private final DropFolder folder;
    private final Time time;
    private final ReentrantLock lock = new ReentrantLock(); // never held while a bundle changes
    private Registration next; // guarded by lock
    private boolean closed; // guarded by lock

    @Activate
    public WatchedFolder(BundleContext context, @Reference BundleUpdates updates, @Reference Time time) {
        this(inState(context.getProperty(STATE)), updates, time);
    }

    WatchedFolder(Path path, BundleUpdates updates, Time time) {
        this.path = path;
        this.folder = new DropFolder(path, updates);
        this.time = Objects.requireNonNull(time, "time");
        try {
            Files.createDirectories(path);
        } catch (IOException failed) {
            throw new UncheckedIOException("the folder for jars cannot be made: " + path, failed);
        }
        this.next = time.after(PERIOD, this::look);
    }

    private static Path inState(String state) {
        if (state == null) {
            throw new IllegalStateException(
                    "framework property " + STATE + " is not set; the folder for jars goes there");
        }
        return Path.of(state, "drop");
    }

    private void look() {
        try {
            folder.look();
        } catch (IOException | RuntimeException failed) {
            LOG.warn("{} could not be looked at", path, failed);
        }
        lock.lock();
        try {
            if (!closed) {
                next = time.after(PERIOD, this::look);
            }
        } finally {
            lock.unlock();
        }
    }

    @Deactivate
    void close() {
        lock.lock();
        try {
            closed = true;
            next.close();
        } finally {
            lock.unlock();
        }
    }
}
