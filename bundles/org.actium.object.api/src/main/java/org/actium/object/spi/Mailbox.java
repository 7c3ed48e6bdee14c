package org.actium.object.spi;

import java.util.function.Consumer;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.annotation.versioning.ConsumerType;

/** Where one active object, or a thread that serves none, sends calls from that {@link Delivery} carries. */
@ConsumerType
public interface Mailbox {

    /**
     * Sends a request; what one mailbox sends to one target is served in that order. Does not wait for anything to arrive.
     *
     * @param home where the target is; {@link ObjectRef#ANYWHERE} if it is recoverable
     * @param content for {@link RecoverableBodies#serve} or {@link RecoverableBody#serve} there
     * @return under which number the reply comes: the same when the object that sends is recovered and does the same again
     * @throws RuntimeException if nothing is sent any more from here
     */
    long send(BodyId target, RuntimeAddress home, boolean oneWay, byte[] content);

    /**
     * Calls back with the encoded outcome of that request, once, on a thread of its own: now, or when it is there. Nothing
     * is in it if there will be none, as whoever was asked is gone for good.
     */
    void whenAnswered(long request, Consumer<byte[]> outcome);
}
