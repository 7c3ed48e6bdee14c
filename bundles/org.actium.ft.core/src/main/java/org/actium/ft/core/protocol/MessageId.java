package org.actium.ft.core.protocol;

import java.io.Serializable;
import java.util.Objects;

/**
 * Names a request, wherever it comes from; replay gives it the same name again.
 *
 * @param sequence among the requests of its sender to everybody, from 1
 */
public record MessageId(Party sender, long sequence) implements Serializable {

    public MessageId {
        Objects.requireNonNull(sender, "sender");
    }

    @Override
    public String toString() {
        return sender + "#" + sequence;
    }
}
