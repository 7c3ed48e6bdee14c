package org.actium.deployment.descriptor.command;

import java.util.List;
import org.actium.deployment.model.Problem;

/**
 * What validating a file has found.
 *
 * @param dialect what it is written in; empty text if it is not valid
 * @param notes what it asks for and cannot be deployed yet
 */
record Verdict(String file, String dialect, List<Problem> problems, List<Problem> notes) {

    boolean isValid() {
        return problems.isEmpty();
    }
}
