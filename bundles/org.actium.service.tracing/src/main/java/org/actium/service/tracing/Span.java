package org.actium.service.tracing;

import java.time.Instant;
import java.util.Optional;

/**
 * The service of one request.
 *
 * @param parent the span that sent the request; empty if that belongs to no trace
 * @param name the method
 * @param object who served it
 */
record Span(
        TraceContext context,
        Optional<String> parent,
        String name,
        String node,
        String object,
        Instant start,
        long nanos,
        boolean normally) {}
