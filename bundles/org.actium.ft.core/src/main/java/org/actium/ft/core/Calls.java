package org.actium.ft.core;

import org.actium.ft.core.protocol.MessageId;
import org.actium.ft.store.api.Blob;

/**
 * What a party sends. Nothing here blocks but {@link #await}; what was sent arrives once and in order, whoever fails
 * meanwhile.
 */
public interface Calls {

    /** One-way. */
    void tell(String object, Blob content);

    /** @return under which the reply is to be had */
    MessageId ask(String object, Blob content);

    /**
     * Blocks until the reply is there; once for each request.
     *
     * @throws StoppedException if there will be none, as this copy of the object was replaced or its runtime closes
     */
    Blob await(MessageId request);
}
