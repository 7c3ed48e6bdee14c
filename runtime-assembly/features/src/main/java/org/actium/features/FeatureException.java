package org.actium.features;

import java.util.List;

/** Features that contradict themselves or the build; carries everything that is wrong, one line each. */
public final class FeatureException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final List<String> problems;

    /** @param problems at least one */
    public FeatureException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
