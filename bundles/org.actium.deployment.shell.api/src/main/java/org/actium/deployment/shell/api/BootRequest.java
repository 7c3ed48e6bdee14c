package org.actium.deployment.shell.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actium.deployment.spi.LaunchRequest;

/**
 * What a new runtime reads from its standard input, as lines {@code key=value}: whom to join, with which token. It is
 * there because everybody may read arguments and environment.
 */
public final class BootRequest {

    private final Map<String, String> lines = new LinkedHashMap<>();

    /** @param index which of the runtimes of the request, from 0 */
    public BootRequest(LaunchRequest request, int index) {
        with("name", request.runtimeNames().get(index));
        with("parent", request.parent().toString());
        with("token", request.tokens().get(index));
        with("lease", Long.toString(Math.max(1, request.lease().toSeconds())));
        request.leaseHolder().ifPresent(holder -> with("holder", holder.toString()));
    }

    /** Whether the runtime is to live on when nobody is left at this end: somebody else holds its lease. */
    public boolean outlivesParent() {
        return lines.containsKey("holder");
    }

    /** Adds a line, or replaces it. */
    public BootRequest with(String key, String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            // not quoted: it may be the token
            throw new IllegalArgumentException("the " + key + " of a runtime must be one line of text");
        }
        lines.put(key, value);
        return this;
    }

    /** The lines, each with its end. */
    public String text() {
        var text = new StringBuilder();
        lines.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "boot request of " + lines.get("name") + ", " + List.copyOf(lines.keySet());
    }
}
