package org.actium.runtime.api;

/** Undoes a registration; closing it twice does nothing more. */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    @Override
    void close();
}
