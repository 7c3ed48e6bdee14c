package org.actium.histories;

import java.util.List;

/** @param violations what cannot have been, each for people; none if all can have been */
public record Verdict(List<String> violations) {

    public Verdict {
        violations = List.copyOf(violations);
    }

    public boolean isGood() {
        return violations.isEmpty();
    }

    @Override
    public String toString() {
        return isGood() ? "good" : String.join("\n", violations);
    }
}
