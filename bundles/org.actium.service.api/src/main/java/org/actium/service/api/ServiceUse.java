package org.actium.service.api;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A technical service as a descriptor asks for it.
 *
 * @param id the id in the descriptor, for messages
 * @param service what must provide it: a value of {@link TechnicalService#ID} or the name of a class
 */
public record ServiceUse(String id, String service, Map<String, String> arguments) implements Serializable {

    public ServiceUse {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(service, "service");
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }
}
