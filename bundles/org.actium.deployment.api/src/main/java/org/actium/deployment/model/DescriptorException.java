package org.actium.deployment.model;

import java.util.List;
import java.util.stream.Collectors;

/** A descriptor cannot be used; carries everything that is wrong with it, in order of position. Nothing was started. */
public final class DescriptorException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final List<Problem> problems;

    /** @param problems at least one */
    public DescriptorException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
