package org.actium.simulation.network;

import java.util.Arrays;

/** What travels on a connection: one frame, or the end of all frames. */
final class Frame {

    private static final byte[] END = new byte[0];
    private static final byte GARBAGE = (byte) 0xdb;

    private final MessageId id;
    private final byte[] bytes;
    private final long sentAt;
    private final long event;
    private boolean arrived;

    private Frame(MessageId id, byte[] bytes, long sentAt, long event) {
        this.id = id;
        this.bytes = bytes;
        this.sentAt = sentAt;
        this.event = event;
    }

    /** @param event the number of the event that says it was sent */
    static Frame of(MessageId id, byte[] bytes, long sentAt, long event) {
        return new Frame(id, bytes, sentAt, event);
    }

    static Frame end(MessageId id, long sentAt, long event) {
        return new Frame(id, END, sentAt, event);
    }

    boolean isEnd() {
        return bytes == END;
    }

    MessageId id() {
        return id;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    long sentAt() {
        return sentAt;
    }

    long event() {
        return event;
    }

    void arrive() {
        arrived = true;
    }

    boolean hasArrived() {
        return arrived;
    }

    /** Whoever kept the buffer although he must not will read nonsense. */
    void destroy() {
        Arrays.fill(bytes, GARBAGE);
    }
}
