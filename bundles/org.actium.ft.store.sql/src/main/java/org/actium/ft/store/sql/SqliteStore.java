package org.actium.ft.store.sql;

import java.nio.file.Path;
import java.util.Optional;
import javax.sql.DataSource;
import org.actium.ft.store.api.Store;
import org.actium.runtime.spi.Threads;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Offers a {@link Store} in an SQLite file, if the container has been given one. */
@Component(
        immediate = true,
        service = {})
public final class SqliteStore {

    /** Framework property. */
    static final String FILE = "actium.store.file";

    private final Optional<Offer> offer;

    private record Offer(Store store, ServiceRegistration<Store> registration) {}

    @Activate
    public SqliteStore(BundleContext context, @Reference Threads threads) {
        this.offer = Optional.ofNullable(context.getProperty(FILE)).map(file -> {
            Store store = open(Path.of(file), threads);
            return new Offer(store, context.registerService(Store.class, store, null));
        });
    }

    @Deactivate
    public void close() {
        offer.ifPresent(offered -> {
            offered.registration().unregister();
            offered.store().close();
        });
    }

    /**
     * Opens the store in that file, makes it if there is none. One process at a time can.
     *
     * @throws org.actium.ft.store.api.StoreException if another one has it, or it cannot be used
     */
    public static Store open(Path file, Threads threads) {
        return SqlStore.open(file.toString(), database(file), threads);
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
