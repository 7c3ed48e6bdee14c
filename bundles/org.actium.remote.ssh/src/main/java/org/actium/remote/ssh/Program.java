package org.actium.remote.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.runtime.spi.Threads;

/**
 * The ssh of this host, with all that it is configured to do: keys, agents, jumps.
 *
 * @param executable as a path or a command on the path
 * @param configuration file that ssh reads instead of the user's and the host's
 */
record Program(String executable, Optional<String> configuration, Threads threads) implements Passage.Opening {

    @Override
    public Passage open(Way way, Duration timeout) throws IOException {
        return ProgramPassage.start(command(way, timeout), threads);
    }

    /** Asks nobody for a password, and fails when it cannot forward. */
    List<String> command(Way way, Duration timeout) {
        List<String> command = new ArrayList<>(List.of(executable));
        configuration.ifPresent(file -> command.addAll(List.of("-F", file)));
        command.addAll(List.of(
                "-o",
                "BatchMode=yes",
                "-o",
                "ConnectTimeout=" + Math.max(1, timeout.toSeconds()),
                "-o",
                "ServerAliveInterval=5",
                "-o",
                "ExitOnForwardFailure=yes",
                "-o",
                "ClearAllForwardings=yes",
                "-T",
                "-W",
                way.target(),
                "--",
                way.server()));
        return command;
    }
}
