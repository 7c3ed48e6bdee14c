package org.actium.deployment.model;

import java.util.Objects;
import java.util.Optional;

/**
 * A place for data of the application.
 *
 * @param id empty text for the default one
 */
public record DataSpace(
        boolean output,
        String id,
        Optional<String> url,
        Optional<String> host,
        Optional<String> path,
        SourcePosition at) {

    public DataSpace {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(at, "at");
    }
}
