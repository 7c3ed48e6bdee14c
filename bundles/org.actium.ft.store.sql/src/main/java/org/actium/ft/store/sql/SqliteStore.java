package org.actium.ft.store.sql;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.actium.runtime.spi.Threads;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A store in an SQLite file. */
public final class SqliteStore {

    private SqliteStore() {}

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
