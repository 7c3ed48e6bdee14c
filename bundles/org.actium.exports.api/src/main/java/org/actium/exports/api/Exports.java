package org.actium.exports.api;

import java.util.List;
import org.actium.naming.api.NameTakenException;
import org.actium.naming.api.UnknownNameException;
import org.actium.naming.api.WrongKindException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns any object into one that other runtimes of the domain call through an interface. Unlike an active object it has
 * no queue and no thread of its own: each call runs on a thread of its own, at once, beside others, and its caller waits
 * until it returns.
 *
 * <p>Arguments and results are serializable and travel by value; stubs of exported objects travel as stubs, and may be
 * used wherever they arrive. Classes are those that the bundle of the interface sees, and of these its own, what the
 * methods name, and those of the bundle of the object. A call throws what the object throws, and besides
 * {@link org.actium.remote.api.UnreachableException} if it was not sent,
 * {@link org.actium.remote.api.LinkClosedException} if its outcome is unknown,
 * {@link org.actium.remote.api.NoSuchRemoteObjectException} if the object is exported no longer, and
 * {@link org.actium.remote.api.RemoteFailureException} instead of an exception that cannot be brought here. An interrupt
 * ends the wait with a {@link java.util.concurrent.CancellationException} and leaves the thread interrupted.
 *
 * <p>Names are those of {@link org.actium.naming.api.Names}: {@code clock} is one of this runtime,
 * {@code actium://host:port/clock} one of the runtime that listens there. May be called from any thread.
 */
@ProviderType
public interface Exports {

    /**
     * Exports the object without a name: who is to call it gets the stub, or the URL.
     *
     * @param contract an interface
     */
    <T> ExportedObject<T> export(Class<T> contract, T object);

    /**
     * Exports the object under a name of this runtime.
     *
     * @throws NameTakenException if another exported object has that name
     * @throws IllegalArgumentException if the name is empty, or has a {@code /} or a blank
     */
    <T> ExportedObject<T> export(Class<T> contract, T object, String name);

    /** As above, but takes the name from the object that has it; that one stays exported without it. */
    <T> ExportedObject<T> exportOrReplace(Class<T> contract, T object, String name);

    /**
     * A stub of the object that is exported under that name, or has that URL. Asks the runtime, and blocks meanwhile.
     *
     * @throws UnknownNameException if nothing is exported under it
     * @throws WrongKindException if it is exported through another interface; one that it extends will do
     * @throws org.actium.remote.api.UnreachableException if no runtime answers there
     */
    <T> T lookup(Class<T> contract, String nameOrUrl);

    /** The names of objects exported by this runtime, in alphabetical order. */
    List<ExportedName> list();

    /** Those of another runtime, given as {@code actium://host:port}. */
    List<ExportedName> list(String runtimeUrl);
}
