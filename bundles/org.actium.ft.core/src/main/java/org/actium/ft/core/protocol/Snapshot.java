package org.actium.ft.core.protocol;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.actium.ft.store.api.Blob;

/**
 * A checkpoint, taken between two services: all that recovery needs besides the log behind it.
 *
 * @param number from 1, one more with each
 * @param inputs up to which number received messages are in here
 * @param sequence of the latest request sent
 * @param watermarks up to which number requests of each party were received
 * @param gone those of whom it is not known any more what was received, and from whom nothing is taken
 * @param queue requests received and not served
 * @param outbox messages that were sent, or held back, and not acknowledged
 * @param awaited requests whose reply has not come, and who owes it
 * @param answers replies that have come and that the object has not taken
 * @param state of the object
 */
public record Snapshot(
        long number,
        long inputs,
        long sequence,
        Map<Party, Long> watermarks,
        List<Party> gone,
        List<Received> queue,
        List<Message> outbox,
        Map<MessageId, Party> awaited,
        Map<MessageId, Blob> answers,
        Blob state)
        implements Serializable {

    public Snapshot {
        watermarks = new LinkedHashMap<>(watermarks); // which keep their order, so that all runs are alike
        awaited = new LinkedHashMap<>(awaited);
        answers = new LinkedHashMap<>(answers);
        gone = List.copyOf(gone);
        queue = List.copyOf(queue);
        outbox = List.copyOf(outbox);
        Objects.requireNonNull(state, "state");
    }

    /** Of an object that has just been made. */
    public static Snapshot first(Blob state) {
        return new Snapshot(
                1,
                0,
                0,
                new LinkedHashMap<>(),
                List.of(),
                List.of(),
                List.of(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                state);
    }
}
