package org.actium.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The command line of the distribution, as a user calls it, with a state directory of its own. */
public final class Cli {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Path state;
    private final Duration limit;
    private final Path home;

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
        return builder.start();
    }

    public Path state() {
        return state;
    }
}
