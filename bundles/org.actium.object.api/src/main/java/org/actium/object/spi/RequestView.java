package org.actium.object.spi;

import java.util.Optional;
import org.actium.object.api.BodyId;
import org.osgi.annotation.versioning.ProviderType;

/** A request as interceptors see it. */
@ProviderType
public interface RequestView {

    BodyId target();

    /** The body that sent it; empty if it came from a thread that serves no active object. */
    Optional<BodyId> sender();

    /** Whose request it is, also if no body sent it. */
    SenderId from();

    /** Position among the requests of its sender, from 1; with {@link #from} its identity. */
    long sequence();

    /** Name and erased types of the method, for example {@code add(I)V}. */
    String signature();

    /** Whether no reply is expected. */
    boolean oneWay();

    /** What an interceptor of the sender attached under this key. */
    Optional<byte[]> attachment(String key);

    /** Attaches bytes that travel with the request. Only while it is departing. */
    void attach(String key, byte[] value);

    /** What the interceptor of the sender marked it with. */
    Marks marks();

    /** Only while it is departing; the last one counts. */
    void mark(Marks marks);

    /**
     * Keeps the request from leaving, and with it everything that the body sends behind it, replies too, so that the order stays;
     * the body goes on meanwhile. Only while it is departing. A body that ends takes what it holds with it.
     *
     * @return lets it leave; any thread, once is enough
     */
    Runnable hold();

    /**
     * Keeps its sender from hearing that the request is in the queue, so that the sender keeps it. The request is served when it
     * is its turn all the same; its reply says that it was in the queue, so hold that if need be. Only while it is arriving.
     *
     * @return has the sender hear it; any thread, once is enough
     */
    Runnable withholdAcknowledgement();
}
