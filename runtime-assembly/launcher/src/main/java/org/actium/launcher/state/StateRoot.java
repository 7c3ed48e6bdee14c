package org.actium.launcher.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actium.launcher.cli.CommandFailure;

/**
 * Where the containers of one user keep their state: a directory for each container that was started by name, and
 * {@code .run} for what lives no longer than a process.
 */
public record StateRoot(Path directory) {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";

    /** {@code ACTIUM_STATE} if it is set, otherwise {@code .actium} in the home of the user. */
    public static StateRoot of(Map<String, String> environment, Path userHome) {
        String chosen = environment.getOrDefault("ACTIUM_STATE", "");
        return new StateRoot((chosen.isEmpty() ? userHome.resolve(".actium") : Path.of(chosen)).toAbsolutePath());
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

    /** A directory for this process, which {@link ProcessDirectory#close} deletes. */
    public ProcessDirectory processDirectory() throws IOException {
        return ProcessDirectory.create(directory.resolve(".run"));
    }
}
