package org.actium.features;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Brings a directory to a wanted content. A file that is right already is left alone, so that it keeps its time; one
 * that is not is replaced as a whole: a container that runs from the directory has its jars mapped, and would crash if
 * they were written into.
 */
public final class Mirror {

    private final Path directory;
    private final Set<Path> wanted = new HashSet<>();

    public Mirror(Path directory) {
        this.directory = directory;
    }

    /** @param relative where in the directory the copy goes */
    public void copy(Path source, Path relative) throws IOException {
        replace(relative, Files.readAllBytes(source));
    }

    public void text(Path relative, String content) throws IOException {
        replace(relative, content.getBytes(StandardCharsets.UTF_8));
    }

    private void replace(Path relative, byte[] content) throws IOException {
        Path file = directory.resolve(relative);
        Files.createDirectories(file.getParent());
        wanted.add(file);
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.write(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Deletes files that were not asked for from each directory where others with their extension were. */
    public void deleteStrays() throws IOException {
        var kinds = new HashSet<Path>();
        wanted.forEach(file -> kinds.add(kind(file)));
        for (Path subdirectory : wanted.stream().map(Path::getParent).distinct().toList()) {
            for (Path file : filesIn(subdirectory)) {
                if (!wanted.contains(file) && kinds.contains(kind(file))) {
                    Files.delete(file);
                }
            }
        }
    }

    /** What was asked for, in order of name. */
    public List<Path> files() {
        return wanted.stream().sorted(Comparator.naturalOrder()).toList();
    }

    /** Directory and extension: {@code lib/*.jar}. */
    private static Path kind(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling("*" + name.substring(name.lastIndexOf('.') + 1));
    }

    private static List<Path> filesIn(Path subdirectory) throws IOException {
        try (Stream<Path> files = Files.list(subdirectory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
