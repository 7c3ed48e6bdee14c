package org.actium.deployment.shell.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The way from one host to the next.
 *
 * @param shell the name of the {@link RemoteShell} it goes through
 * @param client the program that is run here, with its arguments; one line for a shell there comes after them
 * @param textOnly whether its standard input may hold lines of ASCII only
 */
public record Hop(String shell, Optional<String> user, String host, List<String> client, boolean textOnly) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:%-]*");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    /** @throws IllegalArgumentException if a name cannot be that of a host or user */
    public Hop {
        Objects.requireNonNull(shell, "shell");
        client = List.copyOf(client);
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("'" + host + "' cannot be the name of a host");
        }
        user.filter(name -> !USER.matcher(name).matches()).ifPresent(name -> {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a user");
        });
    }

    /** One that carries any input. */
    public Hop(String shell, Optional<String> user, String host, List<String> client) {
        this(shell, user, host, client, false);
    }

    /** What to run here, to have the command run there. The login shell of the user there takes the line apart. */
    public List<String> command(List<String> there) {
        var command = new ArrayList<>(client);
        command.add(ShellWords.line(there));
        return command;
    }

    /** For people. */
    @Override
    public String toString() {
        return user.map(name -> name + "@").orElse("") + host;
    }
}
