package org.actium.ft.store.api;

import java.io.Serializable;
import java.util.Objects;

/** @param number of its place in the log; there may be gaps */
public record LogEntry(Log log, String domain, long number, Blob content) implements Serializable {

    public LogEntry {
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(content, "content");
    }
}
