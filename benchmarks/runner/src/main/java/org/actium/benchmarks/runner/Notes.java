package org.actium.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What people wrote themselves into a page of figures, between {@code <!-- note: x -->} and {@code <!-- end -->}: it stays
 * when the page is written anew.
 */
public final class Notes {

    private static final Pattern NOTE =
            Pattern.compile("<!-- note: ([^>]+) -->\n(.*?)<!-- end -->", Pattern.DOTALL | Pattern.MULTILINE);
    private static final String NO_NOTE = "What the profile says is still to be written here.\n";

    private final Map<String, String> notes;

    private Notes(Map<String, String> notes) {
        this.notes = notes;
    }

    /** @param page may be missing */
    public static Notes of(Path page) throws IOException {
        String text = Files.exists(page) ? Files.readString(page) : "";
        return new Notes(NOTE.matcher(text)
                .results()
                .collect(Collectors.toMap(note -> note.group(1), note -> note.group(2), (first, _) -> first)));
    }

    /** The note of that name with its marks, or the marks for one that somebody should write. */
    public String get(String name) {
        return "\n<!-- note: " + name + " -->\n" + notes.getOrDefault(name, NO_NOTE) + "<!-- end -->\n";
    }
}
