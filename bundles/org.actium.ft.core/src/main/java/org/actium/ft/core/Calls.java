package org.actium.ft.core;

import java.util.function.Consumer;
import org.actium.ft.core.protocol.MessageId;
import org.actium.ft.core.protocol.Party;
import org.actium.ft.store.api.Blob;

/**
 * What a party sends. Nothing here blocks but {@link #await}; what was sent arrives once and in order, whoever fails
 * meanwhile.
 */
public interface Calls {

    /**
     * To whomever, also to somebody who is not recovered.
     *
     * @return under which the reply is to be had, if it is not one-way
     */
    MessageId send(Party to, boolean oneWay, Blob content);

    /** One-way. */
    void tell(String object, Blob content);

    /** @return under which the reply is to be had */
    MessageId ask(String object, Blob content);

    /**
     * Blocks until the reply is there; once for each request. It is empty if whoever was asked is gone for good.
     *
     * @throws StoppedException if there will be none, as this copy of the object was replaced or its runtime closes
     */
    Blob await(MessageId request);

    /**
     * Calls back with the reply, on a thread of its own: now, or when it is there; never if there will be none. Instead of
     * {@link #await}. A fault-tolerant object may do so again for as long as its {@link Recoverable#state} says that it
     * awaits the reply.
     */
    void whenAnswered(MessageId request, Consumer<Blob> listener);
}
