package org.actium.ft.core.protocol;

import java.io.Serializable;
import java.util.Objects;

/**
 * A message as its receiver took it: payload and determinant in one, an entry of the input log.
 *
 * @param number among all that the receiver ever took, from 1
 */
public record Received(long number, Message message) implements Serializable {
    public Received {
        Objects.requireNonNull(message, "message");
    }
}
