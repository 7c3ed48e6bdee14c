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

    /** Position among the requests of its sender, from 1. */
    long sequence();

    /** Name and erased types of the method, for example {@code add(I)V}. */
    String signature();

    /** Whether no reply is expected. */
    boolean oneWay();

    /** What an interceptor of the sender attached under this key. */
    Optional<byte[]> attachment(String key);

    /** Attaches bytes that travel with the request. Only while it is departing. */
    void attach(String key, byte[] value);
}
