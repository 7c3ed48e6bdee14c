package org.actium.deployment.model;

import java.util.Objects;
import org.actium.service.api.ServiceUse;

/**
 * A technical service definition: {@code service} or {@code technicalServiceDefinition}.
 *
 * @param written what the descriptor asks for, in whose place something of Actium may stand in {@code use}
 */
public record TechnicalServiceDefinition(ServiceUse use, String written, SourcePosition at) {

    public TechnicalServiceDefinition {
        Objects.requireNonNull(use, "use");
        Objects.requireNonNull(written, "written");
        Objects.requireNonNull(at, "at");
    }

    /** One that asks for what it gets. */
    public TechnicalServiceDefinition(ServiceUse use, SourcePosition at) {
        this(use, use.service(), at);
    }
}
