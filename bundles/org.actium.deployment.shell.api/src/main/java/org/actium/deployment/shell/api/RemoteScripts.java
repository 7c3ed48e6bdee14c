package org.actium.deployment.shell.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is run on other hosts, as argument vectors: a shell with one of the scripts of this package. They need a POSIX
 * shell, {@code tar}, {@code gzip}, {@code mktemp} and {@code readlink}.
 */
public final class RemoteScripts {

    /** Exit code of {@link #start}: the host lacks the runtime. */
    public static final int LACKS_RUNTIME = 66;

    private static final String START = script("start.sh");
    private static final String PUSH = script("push.sh");

    private RemoteScripts() {}

    /**
     * Runs a node container as long as its standard input has no end. The boot request comes first there, then an empty
     * line.
     *
     * @param digest of the runtime, which must be in the cache of the user
     * @param java the command to start; one that is new enough is looked for if empty
     * @param environment each {@code NAME=VALUE}
     * @param options of the JVM
     */
    public static List<String> start(
            String digest, Optional<String> java, List<String> environment, List<String> options) {
        var command = new ArrayList<>(List.of("sh", "-c", START, "actium", digest, java.orElse("")));
        command.add(Integer.toString(environment.size()));
        command.addAll(environment);
        command.addAll(options);
        return command;
    }

    /** Puts the runtime of this digest, an archive on standard input, into the cache of the user. */
    public static List<String> push(String digest) {
        return List.of("sh", "-c", PUSH, "actium", digest);
    }

    /** Without comments: every byte is sent with each command. */
    private static String script(String name) {
        try (InputStream in = RemoteScripts.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^\\s*#.*\\n", "");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
