package org.actium.object.spi;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Up to which number requests of each sender have arrived at one body. A sender numbers what it sends to all bodies together,
 * and what it sends to one of them arrives in that order; so a number that is not above the mark was seen before. Belongs
 * to an interceptor, which asks when a request {@link MessageInterceptor#arriving arrives}, and keeps the marks in the
 * body's checkpoint. Any thread.
 */
public final class Watermarks {

    private final Map<SenderId, Long> marks = new ConcurrentHashMap<>();

    public Watermarks() {}

    /** As they were when they were {@link #all read}. */
    public Watermarks(Map<SenderId, Long> marks) {
        this.marks.putAll(marks);
    }

    /** Raises the mark of its sender. @return false if it was as high already: the request is a copy */
    public boolean raise(RequestView request) {
        Objects.requireNonNull(request, "request");
        long number = request.sequence();
        SenderId sender = request.from();
        while (true) {
            Long mark = marks.putIfAbsent(sender, number);
            if (mark == null) {
                return true;
            }
            if (mark >= number) {
                return false;
            }
            if (marks.replace(sender, mark, number)) {
                return true;
            }
        }
    }

    /** 0 if nothing of that sender has arrived. */
    public long of(SenderId sender) {
        return marks.getOrDefault(sender, 0L);
    }

    public Map<SenderId, Long> all() {
        return new HashMap<>(marks);
    }
}
