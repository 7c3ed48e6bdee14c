package org.actium.deployment.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actium.deployment.shell.api.ShellWords;

/**
 * The way from one host to the next.
 *
 * @param client the ssh client with all its options
 */
record Hop(List<String> client, Optional<String> user, String host) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:%-]*");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    /** @throws IllegalArgumentException if a name cannot be that of a host or user */
    Hop {
        client = List.copyOf(client);
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("'" + host + "' cannot be the name of a host");
        }
        user.filter(name -> !USER.matcher(name).matches()).ifPresent(name -> {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a user");
        });
    }

    /** What to run here, to have the command run there. The login shell of the user there takes the line apart. */
    List<String> command(List<String> there) {
        var command = new ArrayList<>(client);
        user.ifPresent(name -> command.addAll(List.of("-l", name)));
        command.addAll(List.of("--", host, ShellWords.line(there)));
        return command;
    }

    /** For people. */
    @Override
    public String toString() {
        return user.map(name -> name + "@").orElse("") + host;
    }
}
