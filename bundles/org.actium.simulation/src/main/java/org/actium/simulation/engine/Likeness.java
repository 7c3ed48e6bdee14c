package org.actium.simulation.engine;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What two failures have in common that come from the same defect in different runs. */
final class Likeness {

    /** Whose frames say nothing about what was wrong. */
    private static final List<String> LIBRARIES =
            List.of("java.", "jdk.", "org.assertj.", "org.junit.", "org.hamcrest.");

    /** What is quoted, and words with a digit or with what only names have. */
    private static final Pattern NAMES = Pattern.compile("'[^']*'|\\S*[\\d/>@#]\\S*");

    /** What follows a colon, and lists. */
    private static final Pattern DETAILS = Pattern.compile("(: | ?\\[).*");

    private Likeness() {}

    /** The frame that threw it, libraries left out: another assertion of the same test is another failure. */
    static String place(Throwable cause) {
        return Stream.of(cause.getStackTrace())
                .filter(frame -> LIBRARIES.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(frame -> " at " + frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                .orElse("");
    }

    /** What is said before the details, with a blank for each name and number. */
    static String withoutNames(String what) {
        String said = NAMES.matcher(what.lines().findFirst().orElse("")).replaceAll("_");
        return DETAILS.matcher(said).replaceFirst("");
    }
}
