package org.actium.launcher.state;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;

/**
 * Where the containers of one user keep their state: a directory for each container that was started by name,
 * {@code .run} for what lives no longer than a process, and {@code .cache} for what all of them share.
 */
public record StateRoot(Path directory, Path run) {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

    /** With {@code .run} below it. */
    public StateRoot(Path directory) {
        this(directory, directory.resolve(".run"));
    }

    /**
     * {@code ACTIUM_STATE} if it is set, otherwise {@code .actium} in the home of the user; {@code ACTIUM_RUN} is for what
     * lives no longer than a process, if whoever starts the process wants to delete that himself.
     */
    public static StateRoot of(Map<String, String> environment, Path userHome) {
        String chosen = environment.getOrDefault("ACTIUM_STATE", "");
        var root = new StateRoot((chosen.isEmpty() ? userHome.resolve(".actium") : Path.of(chosen)).toAbsolutePath());
        String run = environment.getOrDefault("ACTIUM_RUN", "");
        return run.isEmpty() ? root : new StateRoot(root.directory, Path.of(run).toAbsolutePath());
    }

    /** @throws CommandFailure if the name cannot be that of a directory */
    public Instance instance(String name) {
        if (!name.matches(NAME)) {
            throw CommandFailure.usage(
                    "'" + name
                            + "' cannot be the name of a container: it begins with a letter or digit and goes on with these, '.', '_' and '-'");
        }
        return new Instance(name, directory.resolve(name));
    }

    /** Those that were ever started here, in order of name. */
    public List<Instance> instances() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches(NAME))
                    .sorted()
                    .map(this::instance)
                    .toList();
        }
    }

    /** For what can be got again but need not be; containers share it, and it outlives them. */
    public Path cacheDirectory() throws IOException {
        Path cache = directory.resolve(".cache");
        return creating(cache, () -> Directories.create(cache));
    }

    /** Something that makes a file or directory. */
    @FunctionalInterface
    interface Creation<T> {
        T create() throws IOException;
    }

    /** @throws CommandFailure if it cannot be made for a reason that lies in this machine, with what to do */
    static <T> T creating(Path directory, Creation<T> creation) throws IOException {
        try {
            return creation.create();
        } catch (AccessDeniedException | FileAlreadyExistsException unusable) {
            String why = unusable instanceof AccessDeniedException
                    ? "you may not write to '" + unusable.getFile() + "'"
                    : "'" + unusable.getFile() + "' is no directory";
            throw new CommandFailure(
                    ExitCode.ENVIRONMENT,
                    "cannot keep its state in '" + directory + "': " + why
                            + "; name a directory of your own with ACTIUM_STATE",
                    unusable);
        } catch (FileSystemException unusable) {
            throw new CommandFailure(
                    ExitCode.ENVIRONMENT,
                    "cannot keep its state in '" + directory + "': '" + unusable.getFile() + "' cannot be made"
                            + (unusable.getReason() == null ? "" : " (" + unusable.getReason() + ")")
                            + "; name another directory with ACTIUM_STATE",
                    unusable);
        }
    }

    /** A directory for this process, which {@link ProcessDirectory#close} deletes. */
    public ProcessDirectory processDirectory() throws IOException {
        return creating(run, () -> ProcessDirectory.create(run));
    }
}
