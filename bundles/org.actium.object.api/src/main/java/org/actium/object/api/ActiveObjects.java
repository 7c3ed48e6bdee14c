package org.actium.object.api;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.osgi.annotation.versioning.ProviderType;

/** Creates and ends active objects. May be called from any thread, active object or not. */
@ProviderType
public interface ActiveObjects {

    /**
     * Prepares an active object of this class: {@code newActive(Counter.class, 5).on(node).start()}.
     *
     * <p>Of its constructors that are not private, the one is called that {@code new} would call, by the classes that
     * the arguments have at run time. A boxed argument counts as the primitive value, unless a constructor names its
     * box.
     *
     * @param type a class that stubs can extend; one that they cannot (final, a record) needs {@link Creation#as}
     * @param arguments copied, like the arguments of every call
     */
    <T> Creation<T> newActive(Class<T> type, Object... arguments);

    /**
     * Prepares to turn an object that exists into an active one.
     *
     * <p>On a node of this runtime the active object is that very object, not a copy: it need not be serializable, and
     * whatever it refers to stays shared. Whoever still holds the object itself reaches it past its queue, from another
     * thread; nothing can prevent that, so keep the stub and drop the object. It cannot be active twice. On a node of
     * another runtime the active object is a copy.
     *
     * @throws IllegalArgumentException if it is a stub already
     */
    <T> Creation<T> turnActive(T object);

    /**
     * Creates one active object on each of the nodes, all at the same time; blocks until all constructors have
     * returned.
     *
     * @param arguments one array for each node, in their order; none at all if every object is made without arguments
     * @return stubs, in the order of the nodes
     * @throws IllegalArgumentException if there are not as many arrays as nodes
     * @throws CreationException if one of them cannot be created: says for each node why not, with the exceptions as
     *     suppressed ones; the others are ended then
     */
    <T> List<T> newActiveOnEach(List<Node> nodes, Class<T> type, Object[]... arguments);

    /** Whether this is a stub of an active object. */
    boolean isActive(Object reference);

    /**
     * The identity of the active object behind a stub.
     *
     * @throws IllegalArgumentException if the argument is not a stub
     */
    BodyId id(Object stub);

    /**
     * Asks the active object to end; returns once the request is on its way. Callers whose requests will not be served
     * get a {@link BodyTerminatedException}. Does nothing if it has ended already.
     *
     * @throws IllegalArgumentException if the argument is not a stub
     */
    void terminate(Object stub, Termination when);

    /**
     * Interrupts the request that the object is serving, if it serves one; returns once the order is on its way. If the
     * request ends by it, its caller gets a {@link ServiceInterruptedException}. The object goes on with its next
     * request.
     *
     * @throws IllegalArgumentException if the argument is not a stub
     */
    void interrupt(Object stub);

    /**
     * Whether the object lives: it is answered for without its thread of service, however busy that is. Blocks for one
     * round trip, within the limit.
     *
     * @return {@code false} if it has ended, if its runtime is out of reach, or if there was no answer within the limit
     * @throws IllegalArgumentException if the argument is not a stub
     */
    boolean ping(Object stub, Duration limit);

    /** The active objects of this runtime, in order of creation. */
    List<ObjectInfo> objects();

    /**
     * The active objects on one node, here or elsewhere, in order of creation. For a node elsewhere it blocks until
     * that runtime has answered.
     *
     * @throws IllegalArgumentException if the node is not there (any more)
     * @throws RequestNotSentException if its runtime cannot be reached
     * @throws OutcomeUnknownException if its runtime is lost before it answers
     */
    List<ObjectInfo> objectsOn(Node node);

    /**
     * Stubs of those active objects on one node that are of this type; otherwise as {@link #objectsOn}.
     *
     * @throws IllegalArgumentException also if the type can have no stubs
     */
    <T> List<T> stubsOn(Node node, Class<T> type);

    /**
     * How calls of this method are made through stubs of this type, and why: for example {@code Counter.value is
     * synchronous, because int is primitive}. Logged at DEBUG too, once for each method of a type.
     *
     * @throws IllegalArgumentException if stubs of this type do not intercept that method; the message says why
     */
    String explain(Class<?> type, Method method);

    /**
     * The same active object through another stub, whose synchronous calls wait no longer than the limit for their
     * result and then throw a {@link CallTimeoutException}. Calls with a future are not concerned, nor is the time that
     * a request takes to reach the queue. The limit stays with this stub: a stub that travels loses it.
     *
     * @throws IllegalArgumentException if the argument is not a stub, or the limit not positive
     */
    <T> T withLimit(T stub, Duration limit);

    /**
     * Makes the synchronous calls that this thread makes within wait no longer than the limit for their results, each
     * for itself, as {@link #withLimit} does for all calls of a stub. Of several limits the innermost counts, before
     * that of the stub.
     *
     * @return what the calls return
     */
    <T, X extends Throwable> T within(Duration limit, ScopedValue.CallableOp<? extends T, X> calls) throws X;

    /**
     * Opens a bracket on this thread for calls that throw these exceptions, and throws what has failed unseen in
     * brackets around it.
     *
     * @param exceptions subclasses of {@link Throwable}; one covers its subclasses too
     */
    Bracket bracket(Class<?>... exceptions);

    /** From now on tells the listener what fails in this runtime of which no caller, stub or active object hears. */
    Registration onFailure(FailureListener listener);

    /**
     * From now on tells the listener which one-way calls failed that the caller makes through this very stub: those of
     * the active object that asks for it, or of whoever is none. They are answered for that purpose, which costs a
     * message each.
     *
     * @throws IllegalArgumentException if the argument is not a stub
     */
    Registration onFailure(Object stub, FailureListener listener);
}
