package org.actium.deployment.descriptor.command;

import java.util.List;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.Problem;
import org.actium.deployment.model.SourcePosition;

/**
 * What validating a file has found.
 *
 * @param dialect what it is written in; empty text if it is not valid
 * @param notes what means less or something else here than where it was written for
 * @param obstacles what it asks for and cannot be deployed yet
 * @param read whether the file could be read at all
 */
record Verdict(
        String file,
        String dialect,
        List<Problem> problems,
        List<Problem> notes,
        List<Problem> obstacles,
        boolean read) {

    static Verdict of(String file, Descriptor descriptor) {
        return new Verdict(file, descriptor.dialect(), List.of(), descriptor.notes(), descriptor.obstacles(), true);
    }

    static Verdict wrong(String file, List<Problem> problems) {
        return new Verdict(file, "", problems, List.of(), List.of(), true);
    }

    /** The place of such a problem is the file as a whole. */
    static Verdict unreadable(String file, String reason) {
        return new Verdict(
                file, "", List.of(new Problem(new SourcePosition(file, 0, 0), reason)), List.of(), List.of(), false);
    }

    boolean isValid() {
        return problems.isEmpty();
    }
}
