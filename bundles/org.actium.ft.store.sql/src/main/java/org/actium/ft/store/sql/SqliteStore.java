package org.actium.ft.store.sql;

import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.actium.ft.store.api.StoreSource;
import org.actium.runtime.spi.Threads;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The store of a container, in an SQLite file: the one it was given, or one in its state directory. */
@Component
public final class SqliteStore implements StoreSource {

    /** Framework property. */
    static final String FILE = "actium.store.file";

    private static final String STATE = "actium.state";

    private final Optional<Path> file;
    private final Threads threads;

    @Activate
    public SqliteStore(BundleContext context, @Reference Threads threads) {
        this.file = Optional.ofNullable(context.getProperty(FILE))
                .map(Path::of)
                .or(() -> Optional.ofNullable(context.getProperty(STATE)).map(state -> Path.of(state, "ft.db")));
        this.threads = threads;
    }

    @Override
    public Store open() {
        return open(
                file.orElseThrow(() -> new StoreException("this container has no directory for its state, so that its"
                        + " store has no place; name a file with the framework property " + FILE)),
                threads);
    }

    /**
     * Opens the store in that file, makes it if there is none. One process at a time can.
     *
     * @throws StoreException if another one has it, or it cannot be used
     */
    public static Store open(Path file, Threads threads) {
        return SqlStore.open(file.toString(), database(file)::getConnection, threads);
    }

    /** Whose connections sync each commit. */
    static DataSource database(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL); // durable: each commit is synced
        config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
        SQLiteDataSource database = new SQLiteDataSource(config);
        database.setUrl("jdbc:sqlite:" + file);
        return database;
    }
}
