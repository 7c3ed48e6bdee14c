package org.actium.service.api;

import java.io.Serializable;
import java.util.List;

/** How a technical service combines with others: the elements of {@link Offer} with the same names. */
public record CombinationRules(
        List<String> provides, List<String> requires, List<String> excludes, List<String> before, List<String> after)
        implements Serializable {

    /** Of a service that goes with every other, in every order. */
    public static final CombinationRules NONE =
            new CombinationRules(List.of(), List.of(), List.of(), List.of(), List.of());

    public CombinationRules {
        provides = List.copyOf(provides);
        requires = List.copyOf(requires);
        excludes = List.copyOf(excludes);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
