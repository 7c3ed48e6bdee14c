package org.actium.ft.store.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Where a container has its store: a file, a database. Nothing is opened before it is asked for. */
@ConsumerType
@FunctionalInterface
public interface StoreSource {

    /**
     * Opens the store, makes it if there is none. Whoever asked for it closes it.
     *
     * @throws StoreException if it cannot be used, or somebody has it
     */
    Store open();
}
