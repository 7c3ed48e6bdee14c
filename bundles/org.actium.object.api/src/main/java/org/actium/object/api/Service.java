package org.actium.object.api;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * With which an active object chooses what it serves next. Only on its thread of service, in {@code runActivity} or
 * within a request being served; anywhere else every method is an {@link IllegalStateException}.
 *
 * <p>Serving is running the method and sending its outcome to the caller: what the method throws goes there too and not
 * to whoever serves. Orders to the object (to end, for example) go before requests: every method first does what was
 * ordered, and throws a {@link BodyTerminatedException} if that was to end.
 *
 * <p>Methods called {@code blocking…} wait for a request that fits, those with a limit no longer than that; a limit of
 * zero does not wait. A filter that throws ends them, and the others, with an {@link IllegalArgumentException}, which names
 * the request; the queue stays as it is. An interrupt ends the wait with a {@link java.util.concurrent.CancellationException} if it came
 * while a request is being served.
 */
@ProviderType
public interface Service {

    /**
     * Whether the end of the object was not ordered yet: {@code while (service.isActive()) …}. Any thread; never
     * throws.
     */
    boolean isActive();

    /** How many requests are queued; never blocks. */
    int requestCount();

    boolean hasRequest(RequestFilter which);

    /** Blocks until a request is there; does not serve it. */
    void waitForRequest();

    /** @return whether a request is there */
    boolean waitForRequest(Duration limit);

    /** Serves the oldest request, if there is one. @return whether there was */
    boolean serveOldest();

    boolean serveOldest(RequestFilter which);

    /** Serves the request that came last, if there is one. @return whether there was */
    boolean serveYoungest();

    boolean serveYoungest(RequestFilter which);

    void blockingServeOldest();

    void blockingServeOldest(RequestFilter which);

    /** @return whether one was served */
    boolean blockingServeOldest(RequestFilter which, Duration limit);

    void blockingServeYoungest();

    void blockingServeYoungest(RequestFilter which);

    /** @return whether one was served */
    boolean blockingServeYoungest(RequestFilter which, Duration limit);

    /**
     * Serves the oldest request that fits, if there is one, and discards the others that fit: their callers get a
     * {@link CallRefusedException}.
     *
     * @return whether there was one
     */
    boolean flushingServeOldest(RequestFilter which);

    /** Serves the youngest request that fits and discards the others, as {@link #flushingServeOldest}. */
    boolean flushingServeYoungest(RequestFilter which);

    /** Serves as many requests as are there now and fit, oldest first. @return how many */
    int serveAll(RequestFilter which);

    /** Discards what fits: the callers get a {@link CallRefusedException}. @return how many */
    int flush(RequestFilter which);

    /** The oldest request that fits; it stays in the queue. */
    Optional<ReceivedRequest> oldest(RequestFilter which);

    /** The youngest request that fits; it stays in the queue. */
    Optional<ReceivedRequest> youngest(RequestFilter which);

    /**
     * Takes the oldest request that fits out of the queue. Whoever takes one serves or answers it in the end; if the
     * object ends before, its caller gets a {@link BodyTerminatedException}.
     */
    Optional<ReceivedRequest> removeOldest(RequestFilter which);

    Optional<ReceivedRequest> removeYoungest(RequestFilter which);

    ReceivedRequest blockingRemoveOldest(RequestFilter which);

    Optional<ReceivedRequest> blockingRemoveOldest(RequestFilter which, Duration limit);

    ReceivedRequest blockingRemoveYoungest(RequestFilter which);

    Optional<ReceivedRequest> blockingRemoveYoungest(RequestFilter which, Duration limit);

    /**
     * Serves this request, whether it is still queued or was taken out.
     *
     * @throws IllegalArgumentException if it is not a request of this object, or was served or answered before
     */
    void serve(ReceivedRequest request);

    /**
     * Answers the request with this failure instead of serving it.
     *
     * @throws IllegalArgumentException if it is not a request of this object, or was served or answered before
     */
    void answer(ReceivedRequest request, Throwable failure);

    /** Serves oldest first until the object ends; what objects without {@code RunActive} do. */
    void fifoServing();

    /** Serves youngest first until the object ends. */
    void lifoServing();

    /**
     * From now on, calls of methods of this name are served as soon as they arrive, as {@link Immediate} says; so are
     * those that wait already. In {@code initActivity} this concerns every call there ever is.
     *
     * @throws IllegalArgumentException if the class has no such method; the message lists those it has
     */
    void immediate(String method);

    /** As {@link #immediate(String)}, for exactly this method. */
    void immediate(String method, Class<?>... parameterTypes);

    /**
     * As {@link #immediate(String)}, all calls of one caller on the same thread, as {@link Immediate#perCaller} says.
     */
    void immediatePerCaller(String method);

    /** As {@link #immediatePerCaller(String)}, for exactly this method. */
    void immediatePerCaller(String method, Class<?>... parameterTypes);

    /** From now on, calls of methods of this name are queued again. */
    void queued(String method);
}
