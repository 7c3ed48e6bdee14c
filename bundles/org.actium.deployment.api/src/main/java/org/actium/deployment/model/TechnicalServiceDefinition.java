package org.actium.deployment.model;

import java.util.Objects;
import org.actium.service.api.ServiceUse;

/** A technical service definition: {@code service} or {@code technicalServiceDefinition}. */
public record TechnicalServiceDefinition(ServiceUse use, SourcePosition at) {

    public TechnicalServiceDefinition {
        Objects.requireNonNull(use, "use");
        Objects.requireNonNull(at, "at");
    }
}
