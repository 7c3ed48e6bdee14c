package org.actium.object.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.actium.object.spi.Marks;
import org.actium.object.spi.ReplyView;
import org.actium.object.spi.RequestView;

/** A reply as interceptors see it, and what they put on it. */
final class Answer implements ReplyView {

    private final Request request;
    private final boolean normal;
    private Map<String, byte[]> attachments = Map.of();
    private Marks marks = Marks.NONE;
    private Holds holds; // null if nobody holds it back

    Answer(Request request, boolean normal) {
        this.request = request;
        this.normal = normal;
    }

    /** That has come with these. */
    Answer(Request request, boolean normal, Marks marks, Map<String, byte[]> attachments) {
        this(request, normal);
        this.marks = marks;
        this.attachments = attachments;
    }

    @Override
    public RequestView request() {
        return request;
    }

    @Override
    public boolean normal() {
        return normal;
    }

    @Override
    public Optional<byte[]> attachment(String key) {
        return Optional.ofNullable(attachments.get(key));
    }

    @Override
    public void attach(String key, byte[] value) {
        if (attachments.isEmpty()) {
            attachments = new HashMap<>();
        }
        attachments.put(key, value);
    }

    Map<String, byte[]> attachments() {
        return attachments;
    }

    @Override
    public Marks marks() {
        return marks;
    }

    @Override
    public void mark(Marks with) {
        marks = Objects.requireNonNull(with, "with");
    }

    @Override
    public Runnable hold() {
        if (holds == null) {
            holds = new Holds();
        }
        return holds.add();
    }

    /** {@code null} if nobody holds it back. */
    Holds holds() {
        return holds;
    }
}
