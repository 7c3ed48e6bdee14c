package org.actium.ft.store.api;

/** How much a log has. */
public record LogSize(long entries, long bytes) {}
