package org.actium.object.spi;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A reply as interceptors see it, on both sides. */
@ProviderType
public interface ReplyView {

    /** What it answers. On the side of the caller what was attached to the request is not there any more. */
    RequestView request();

    /** Whether it has a result, and not a failure. */
    boolean normal();

    /** What an interceptor of the side that served attached under this key. */
    Optional<byte[]> attachment(String key);

    /** Attaches bytes that travel with the reply. Only before it leaves. */
    void attach(String key, byte[] value);

    /** What an interceptor of the side that served marked it with. */
    Marks marks();

    /** Only before it leaves; the last one counts. */
    void mark(Marks marks);

    /**
     * Keeps the reply from leaving, as {@link RequestView#hold}.
     *
     * @return lets it leave; any thread, once is enough
     */
    Runnable hold();
}
