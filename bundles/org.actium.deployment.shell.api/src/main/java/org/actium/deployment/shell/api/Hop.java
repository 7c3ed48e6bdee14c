package org.actium.deployment.shell.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actium.runtime.api.Endpoint;

/**
 * The way from one host to the next.
 *
 * @param shell the name of the {@link RemoteShell} it goes through
 * @param client the program that is run here, with its arguments; one line for a shell there comes after them
 * @param textOnly whether its standard input may hold lines of ASCII only
 * @param forwards whether the program lets who is there dial what is here, as OpenSSH does with {@code -R}
 */
public record Hop(
        String shell, Optional<String> user, String host, List<String> client, boolean textOnly, boolean forwards) {

    /** Where forwarded ports are, on the host that the hop leads to. */
    public static final String LOOPBACK = "127.0.0.1";

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

    /** One that carries any input, and forwards nothing. */
    public Hop(String shell, Optional<String> user, String host, List<String> client) {
        this(shell, user, host, client, false, false);
    }

    /** The same, but for lines of ASCII. */
    public Hop forText() {
        return new Hop(shell, user, host, client, true, forwards);
    }

    /** The same with a program that understands {@code -R}. */
    public Hop forwarding() {
        return new Hop(shell, user, host, client, textOnly, true);
    }

    /** What to run here, to have the command run there. The login shell of the user there takes the line apart. */
    public List<String> command(List<String> there) {
        var command = new ArrayList<>(client);
        command.add(ShellWords.line(there));
        return command;
    }

    /**
     * As {@link #command(List)}; besides, who dials the port of loopback there gets to the endpoint, dialled from here. That
     * port may be taken: then there is no way to the endpoint, or the way of the one who has it.
     *
     * @throws IllegalStateException if it forwards nothing
     */
    public List<String> command(List<String> there, int port, Endpoint endpoint) {
        if (!forwards) {
            throw new IllegalStateException(shell + " to " + this + " forwards nothing");
        }
        String host = endpoint.host().indexOf(':') < 0 ? endpoint.host() : "[" + endpoint.host() + "]";
        var command = new ArrayList<>(command(there));
        command.addAll(
                1,
                List.of(
                        "-R",
                        LOOPBACK + ":" + port + ":" + host + ":" + endpoint.port(),
                        "-o",
                        "ExitOnForwardFailure=no"));
        return command;
    }

    /** For people. */
    @Override
    public String toString() {
        return user.map(name -> name + "@").orElse("") + host;
    }
}
