package org.actium.itests.defects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actium.simulation.engine.Failure;

/**
 * A known way to break the production code; the README of this module says how its file is written.
 *
 * @param noticedBy the names of scenarios, each of which has to notice it
 * @param objections how it shows: each run that fails because of it has one of them
 */
record Defect(
        String name, String title, String wrong, List<String> noticedBy, List<Objection> objections, List<Hunk> hunks) {

    private static final String SUFFIX = ".defect";

    Defect {
        noticedBy = List.copyOf(noticedBy);
        objections = List.copyOf(objections);
        hunks = List.copyOf(hunks);
    }

    /** All defects of a folder, by name. */
    static List<Defect> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(Defect::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Defect read(Path file) {
        String fileName = file.getFileName().toString();
        try {
            return parse(fileName.substring(0, fileName.length() - SUFFIX.length()), Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Defect parse(String name, List<String> lines) {
        int firstHunk = 0;
        while (firstHunk < lines.size() && !lines.get(firstHunk).startsWith("@@")) {
            firstHunk++;
        }
        Map<String, String> head = head(name, lines.subList(0, firstHunk));
        List<Hunk> hunks = hunks(name, lines.subList(firstHunk, lines.size()));
        if (hunks.isEmpty()) {
            throw new DefectException(
                    name + SUFFIX + " changes nothing: it needs a line '@@ <file>' and changes below it");
        }
        return new Defect(
                name,
                required(head, "title", name),
                required(head, "wrong", name),
                Arrays.asList(required(head, "noticed by", name).split("\\s*,\\s*")),
                Stream.of(required(head, "objection", name).split("\\|"))
                        .map(Objection::parse)
                        .toList(),
                hunks);
    }

    private static Map<String, String> head(String name, List<String> lines) {
        Map<String, String> head = new LinkedHashMap<>();
        String key = null;
        for (String line : lines) {
            if (line.isBlank()) {
                continue;
            }
            int colon = line.indexOf(':');
            if (!line.startsWith(" ") && colon > 0) {
                key = line.substring(0, colon);
                head.put(key, line.substring(colon + 1).strip());
            } else if (key != null) {
                head.merge(key, line.strip(), (text, more) -> text + " " + more);
            } else {
                throw new DefectException(name + SUFFIX + ": '" + line + "' belongs to no key");
            }
        }
        return head;
    }

    private static String required(Map<String, String> head, String key, String name) {
        String value = head.getOrDefault(key, "");
        if (value.isEmpty()) {
            throw new DefectException(name + SUFFIX + " has no '" + key + ":'; it has " + head.keySet());
        }
        return value;
    }

    private static List<Hunk> hunks(String name, List<String> lines) {
        List<Hunk> hunks = new ArrayList<>();
        int next = 0;
        while (next < lines.size()) {
            String file = lines.get(next).substring(2).strip();
            int end = next + 1;
            while (end < lines.size() && !lines.get(end).startsWith("@@")) {
                end++;
            }
            hunks.add(hunk(name, file, withoutBlankEnd(lines.subList(next + 1, end))));
            next = end;
        }
        return hunks;
    }

    private static List<String> withoutBlankEnd(List<String> lines) {
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        return lines.subList(0, end);
    }

    private static Hunk hunk(String name, String file, List<String> lines) {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (String line : lines) {
            String text = line.isEmpty() ? "" : line.substring(1);
            switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                case ' ' -> {
                    before.add(text);
                    after.add(text);
                }
                case '-' -> before.add(text);
                case '+' -> after.add(text);
                default ->
                    throw new DefectException(name + SUFFIX + ": '" + line + "' begins with none of ' ', '-', '+'");
            }
        }
        if (before.equals(after)) {
            throw new DefectException(name + SUFFIX + " changes nothing in " + file);
        }
        return new Hunk(file, before, after);
    }

    /** Whether a run that failed so failed because of this. */
    boolean explains(Failure failure) {
        return objections.stream().anyMatch(objection -> objection.isRaisedBy(failure));
    }

    @Override
    public String toString() {
        return name;
    }
}
