package org.actium.remote.api;

import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Plain objects that other runtimes of the domain call through an interface, synchronously and without a queue: the
 * means by which the parts of Actium talk to each other.
 *
 * <p>Arguments and results are serializable and travel by value. Each call is served on a thread of its own; calls of
 * one caller may overtake each other if it makes them from several threads.
 */
@ProviderType
public interface RemoteObjects {

    /**
     * Offers the object under a name to all runtimes of the domain.
     *
     * @param contract an interface; classes in arguments are looked up by its loader
     * @throws IllegalStateException if the name is taken on this runtime
     */
    <T> Registration export(Class<T> contract, String name, T object);

    /**
     * A proxy for the object of that name on that runtime (which may be this one). Nothing is sent until it is called.
     * Its methods throw what the object throws, and besides {@link UnreachableException} if the call was not sent,
     * {@link LinkClosedException} if its outcome is unknown, {@link NoSuchRemoteObjectException} if the name is not
     * offered there, {@link RemoteFailureException} instead of an exception that cannot be brought here. An interrupt
     * ends the wait with a {@link java.util.concurrent.CancellationException} and leaves the thread interrupted.
     */
    <T> T at(RuntimeAddress runtime, Class<T> contract, String name);
}
