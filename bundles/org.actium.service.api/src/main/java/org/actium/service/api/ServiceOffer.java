package org.actium.service.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * An installed technical service.
 *
 * @param id value of {@link TechnicalService#ID}
 * @param implementation name of the class
 * @param bundle symbolic name of the bundle that provides it
 * @param version version of that bundle
 * @param rules how it combines with others
 */
public record ServiceOffer(String id, String implementation, String bundle, String version, CombinationRules rules)
        implements Serializable {

    public ServiceOffer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(implementation, "implementation");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(rules, "rules");
    }

    /** One without rules. */
    public ServiceOffer(String id, String implementation, String bundle, String version) {
        this(id, implementation, bundle, version, CombinationRules.NONE);
    }

    /** Whether a descriptor that asks for this text means this service: its id or the name of its class. */
    public boolean answersTo(String service) {
        return id.equals(service) || implementation.equals(service);
    }

    /** Whether a rule with this name concerns it: it answers to the name, or provides it. */
    public boolean isMeantBy(String name) {
        return answersTo(name) || rules.provides().contains(name);
    }
}
