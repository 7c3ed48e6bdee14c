package org.actium.ft.store.sql;

import java.nio.file.Path;
import java.util.Optional;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.actium.ft.store.api.StoreSource;
import org.actium.runtime.spi.Threads;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The store of a container: in the database or the file it was given, or in a file in its state directory. */
@Component
public final class ConfiguredStore implements StoreSource {

    /** Framework properties. */
    static final String URL = "actium.store.url";

    static final String FILE = "actium.store.file";
    private static final String STATE = "actium.state";

    private final Optional<String> url;
    private final Optional<Path> file;
    private final Optional<Path> ownFile;
    private final Threads threads;

    @Activate
    public ConfiguredStore(BundleContext context, @Reference Threads threads) {
        this(
                Optional.ofNullable(context.getProperty(URL)),
                Optional.ofNullable(context.getProperty(FILE)).map(Path::of),
                Optional.ofNullable(context.getProperty(STATE)).map(Path::of),
                threads);
    }

    ConfiguredStore(Optional<String> url, Optional<Path> file, Optional<Path> state, Threads threads) {
        this.url = url;
        this.file = file;
        this.ownFile = state.map(directory -> directory.resolve("ft.db"));
        this.threads = threads;
    }

    @Override
    public Store open() {
        if (url.isPresent() && file.isPresent()) {
            throw new StoreException("this container has two stores, and can use one: '" + URL + "' and '" + FILE
                    + "' are set; remove one of these framework properties");
        }
        if (url.isPresent()) {
            return inPostgres(url.get());
        }
        return SqliteStore.open(
                file.or(() -> ownFile)
                        .orElseThrow(
                                () -> new StoreException("this container has no directory for its state, so that its"
                                        + " store has no place; name a file with the framework property " + FILE)),
                threads);
    }

    private Store inPostgres(String database) {
        try {
            return PostgresStore.open(database, threads);
        } catch (NoClassDefFoundError missing) {
            throw new StoreException(
                    "this container has no driver for what '" + URL
                            + "' names; it is in the feature 'postgresql', which"
                            + " the containers have that 'actium start' starts",
                    missing);
        }
    }
}
