package org.actium.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The command line of the distribution, as a user calls it, with a state directory of its own. */
public final class Cli {

    /** Home, temporary and working directory. */
    private static final List<String> OWN = List.of("home", "tmp", "work");

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Path state;
    private final Duration limit;
    private final Path home;
    private Optional<Path> own = Optional.empty();

    public Cli(Path state) {
        this(state, LIMIT);
    }

    /** @param limit how long a command may take */
    public Cli(Path state, Duration limit) {
        this(state, limit, Containers.home());
    }

    /** @param home directory of the distribution */
    public Cli(Path state, Duration limit, Path home) {
        this.state = state;
        this.limit = limit;
        this.home = home;
    }

    /**
     * Whoever it starts has a home, a directory for temporary files and a working directory of their own, so that it can be
     * seen what was left in them.
     */
    public Cli inOwnDirectories() {
        Path directory = Containers.privateDirectory();
        try {
            for (String name : OWN) {
                Files.createDirectory(directory.resolve(name));
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        own = Optional.of(directory);
        return this;
    }

    /** What is in its own directories, and what containers keep in the state directory while they run; without the caches. */
    public List<Path> left() {
        return Stream.concat(own.stream(), Stream.of(state.resolve(".run")))
                .filter(Files::exists)
                .flatMap(Cli::all)
                .filter(file -> !file.toString().contains("/.cache"))
                .filter(file -> own.stream().noneMatch(directory -> directory.equals(file.getParent())))
                .toList();
    }

    /** But for the directory itself. */
    private static Stream<Path> all(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.skip(1).toList().stream();
        } catch (IOException changing) {
            throw new UncheckedIOException(changing);
        }
    }

    /** What a command printed, and how it ended. */
    public record Result(int exitCode, String out, String err) {}

    public Result run(String... arguments) {
        return runWithInput("", arguments);
    }

    /** @param input what the command finds on its standard input */
    public Result runWithInput(String input, String... arguments) {
        try {
            Path out = Files.createTempFile(state, "out", "");
            Path err = Files.createTempFile(state, "err", "");
            Process process = start(out, err, arguments);
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            if (!process.waitFor(limit)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("actium " + List.of(arguments) + " has not ended within " + limit
                        + "; it printed: " + Files.readString(out) + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Starts the command and returns at once. */
    public Process start(Path out, Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("actium").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("ACTIUM_STATE", state.toString());
        own.ifPresent(directory -> {
            Path temporary = directory.resolve("tmp");
            Path ofUser = directory.resolve("home");
            builder.directory(directory.resolve("work").toFile());
            builder.environment().put("HOME", ofUser.toString());
            builder.environment().put("TMPDIR", temporary.toString());
            builder.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary + " -Duser.home=" + ofUser);
        });
        return builder.start();
    }

    public Path state() {
        return state;
    }
}
