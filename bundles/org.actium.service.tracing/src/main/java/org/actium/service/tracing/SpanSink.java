package org.actium.service.tracing;

/** Where spans go that have ended. Must not block. */
@FunctionalInterface
interface SpanSink extends AutoCloseable {

    void ended(Span span);

    @Override
    default void close() {}
}
