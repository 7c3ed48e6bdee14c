package org.actium.deployment.mina;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.actium.runtime.api.Endpoint;
import org.actium.ssh.api.SshServer;

/**
 * What a command line of ssh asks for, as far as a client can do it that is no program.
 *
 * @param line for the login shell there
 * @param forwarded the port of loopback there that leads to the target
 */
record Order(SshServer server, OptionalInt forwarded, Optional<Endpoint> target, String line) {

    /** What this client does anyway. */
    private static final Set<String> KNOWN = Set.of(
            "BatchMode=yes",
            "StrictHostKeyChecking=yes",
            "ControlPath=none",
            "ConnectTimeout=10",
            "ServerAliveInterval=5",
            "ServerAliveCountMax=2",
            "ExitOnForwardFailure=no");

    /** @throws IOException naming what it does not understand */
    static Order of(List<String> command) throws IOException {
        if (!command.getFirst().equals("ssh")) {
            throw refused("commandPath '" + command.getFirst() + "', which is a program");
        }
        Optional<Path> key = Optional.empty();
        OptionalInt port = OptionalInt.empty();
        Optional<String> user = Optional.empty();
        OptionalInt forwarded = OptionalInt.empty();
        Optional<Endpoint> target = Optional.empty();
        Iterator<String> words = command.subList(1, command.size()).iterator();
        for (String word = words.next(); !word.equals("--"); word = words.next()) {
            switch (word) {
                case "-T", "-x" -> {} // there is neither
                case "-i" -> key = Optional.of(path(words.next()));
                case "-l" -> user = Optional.of(words.next());
                case "-p" -> port = OptionalInt.of(number(words.next()));
                case "-R" -> {
                    String[] spec = words.next().split(":", 3); // loopback, port, and where that leads
                    forwarded = OptionalInt.of(number(spec[1]));
                    target = Optional.of(Endpoint.parse(spec[2]));
                }
                case "-o" -> {
                    String option = words.next();
                    if (!KNOWN.contains(option)) {
                        throw refused("the option '-o " + option + "'");
                    }
                }
                default -> throw refused("the option '" + word + "'");
            }
        }
        return new Order(new SshServer(words.next(), port, user, key), forwarded, target, words.next());
    }

    /** As ssh does: from the home of this user. */
    private static Path path(String text) {
        return text.startsWith("~/") ? Path.of(System.getProperty("user.home"), text.substring(2)) : Path.of(text);
    }

    private static int number(String text) throws IOException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            throw new IOException("'" + text + "' is no port", none);
        }
    }

    private static IOException refused(String what) {
        return new IOException("the ssh client in this JVM does not understand " + what
                + "; take it out of the descriptor, or let the program do it: actium.ssh.client=program");
    }
}
