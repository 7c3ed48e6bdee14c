package org.actium.ft.core.protocol;

import java.util.List;
import java.util.Optional;
import org.actium.ft.store.api.Blob;

/** What a {@link Protocol} wants done, in that order. */
public sealed interface Output {

    /** To its receiver, wherever that lives; may get lost. */
    record Send(Message message) implements Output {}

    /** Tells the sender of a message that it need not keep it. */
    record Acknowledge(Party to, Message.Key key) implements Output {}

    /** For the object that is ready. */
    record Serve(Message.Request request) implements Output {}

    /** For whoever waits for that reply, now or later. */
    record Answer(MessageId request, Blob content) implements Output {}

    /** The number of what was just sent. */
    record Numbered(MessageId id) implements Output {}

    /**
     * All of it or nothing. Nothing else is to be written before this is answered with {@link Input.Written},
     * {@link Input.Found} or {@link Input.Overtaken}.
     *
     * @param dropBelow checkpoints with smaller numbers are not needed any more
     * @param trimBelow nor are log entries with smaller numbers
     */
    record Write(List<Received> inputs, Optional<Snapshot> checkpoint, long dropBelow, long trimBelow)
            implements Output {}

    /** This copy must not do anything any more. */
    record Stop(String why) implements Output {}
}
