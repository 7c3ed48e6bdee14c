package org.actium.naming.api;

import java.util.List;
import org.actium.remote.api.AdmissionException;
import org.actium.remote.api.NoSuchRemoteObjectException;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Node;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds active objects and nodes by name.
 *
 * <p>Each runtime keeps names of its own, for objects of any runtime; a name goes with its object. Wherever a name is
 * asked for, {@code counter} is a name of this runtime and {@code actium://host:port/counter} one of the runtime that
 * listens there. A name has no {@code /} and no blank in it, and is not that of a node of the same runtime.
 *
 * <p>May be called from any thread, active object or not. What concerns another runtime, or an object of another runtime,
 * is a round trip and blocks; it fails with an {@link UnreachableException} if no runtime answers there, an
 * {@link AdmissionException} if one of another domain does, and a {@link NoSuchRemoteObjectException} if it keeps no names.
 */
@ProviderType
public interface Names {

    /**
     * Gives the active object a name, which it may have several of.
     *
     * @return the URL under which it is found from anywhere in the domain; ends in the name
     * @throws NameTakenException if an object has that name already, this one or another, or a node
     * @throws IllegalArgumentException if the argument is not a stub, or the name has a character it cannot have
     */
    String register(String nameOrUrl, Object stub);

    /** As {@link #register}, but takes the name from the object that has it. */
    String registerOrReplace(String nameOrUrl, Object stub);

    /**
     * A stub of the active object of that name or {@linkplain #url address}.
     *
     * @throws UnknownNameException if there is none
     * @throws WrongKindException if it is a node, or an object of another type
     */
    <T> T lookup(Class<T> type, String nameOrUrl);

    /**
     * The node of that name.
     *
     * @throws UnknownNameException if there is none
     * @throws WrongKindException if it is the name of an active object
     */
    Node node(String nameOrUrl);

    /** Takes the name back. @return whether there was one */
    boolean unregister(String nameOrUrl);

    /** The names of this runtime whose objects live and answer, in alphabetical order. */
    List<NamedObject> list();

    /** The names of another runtime, given as {@code actium://host:port}. */
    List<NamedObject> list(String runtimeUrl);

    /**
     * Where the object is: an address that it has without being registered, and that can be looked up.
     *
     * @throws IllegalArgumentException if the argument is not a stub of an active object
     */
    String url(Object stub);
}
