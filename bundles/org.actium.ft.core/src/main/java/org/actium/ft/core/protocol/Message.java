package org.actium.ft.core.protocol;

import java.io.Serializable;
import java.util.Objects;
import org.actium.ft.store.api.Blob;

/** What parties send each other, and keep until it is acknowledged. */
public sealed interface Message extends Serializable {

    /** Of the request itself, or of the one that is answered. */
    MessageId id();

    Party from();

    Party to();

    Key key();

    /** Names a message; a request and its reply have the same id. */
    record Key(MessageId id, boolean reply) implements Serializable {}

    /**
     * @param after the number of the request to the same party that was sent before it and is not acknowledged, 0 if there is
     *     none: who receives sees whether one is missing, whatever way they came. Said when it leaves
     * @param oneWay whether nobody waits for a reply
     */
    record Request(MessageId id, long after, Party to, boolean oneWay, Blob content) implements Message {
        public Request {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(content, "content");
        }

        /** The same, for when it leaves. */
        Request behind(long before) {
            return before == after ? this : new Request(id, before, to, oneWay, content);
        }

        @Override
        public Party from() {
            return id.sender();
        }

        @Override
        public Key key() {
            return new Key(id, false);
        }
    }

    /**
     * @param id of the request
     * @param content {@link #NONE} if there is none, as whoever was to reply is gone
     */
    record Reply(MessageId id, Party from, Blob content) implements Message {

        public static final Blob NONE = Blob.of(new byte[0]);

        public Reply {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(content, "content");
        }

        @Override
        public Party to() {
            return id.sender();
        }

        @Override
        public Key key() {
            return new Key(id, true);
        }
    }
}
