package org.actium.object.spi;

import java.util.Objects;
import org.actium.runtime.api.RuntimeAddress;

/**
 * A request that {@link Delivery} brings.
 *
 * @param from whose it is
 * @param home where that is; {@link ObjectRef#ANYWHERE} if it is recoverable
 * @param sequence among its requests
 * @param content as it was given to {@link Mailbox#send}
 */
public record Delivered(SenderId from, RuntimeAddress home, long sequence, boolean oneWay, byte[] content) {

    public Delivered {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(content, "content");
    }
}
