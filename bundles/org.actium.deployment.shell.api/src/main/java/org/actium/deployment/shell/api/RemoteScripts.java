package org.actium.deployment.shell.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.actium.runtime.api.Endpoint;

/**
 * What is run on other hosts, as argument vectors: a shell with one of the scripts of this package. They need a POSIX
 * shell, {@code tar}, {@code gzip}, {@code mktemp}, {@code head} and {@code readlink}.
 *
 * <p>The last that each writes is a line {@code actium-exit <code>}, since not every shell brings exit codes back. Before it runs
 * a container it writes a line {@code actium-runs}.
 */
public final class RemoteScripts {

    /** Exit code of {@link #start}: the host lacks the runtime. */
    public static final int LACKS_RUNTIME = 66;

    /** Exit code of {@link #start}: the host lacks a Java that is new enough. */
    public static final int LACKS_JAVA = 67;

    /** What {@link #start} is to be told in its environment if a Java was, or may be, brought: its digest. */
    public static final String JAVA_IMAGE = "ACTIUM_JAVA_IMAGE";

    private static final String START = script("java.sh") + script("start.sh");
    private static final String PUSH = script("push.sh");
    private static final String EXAMINE = script("java.sh") + script("examine.sh");

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

    /** What is brought to hosts. */
    public enum Cargo {
        RUNTIME,
        JAVA;

        /** The directory of the cache that holds it; in messages, too. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Puts the cargo of this digest, an archive on standard input, into the cache of the user. A Java is tried before it is
     * kept.
     *
     * @param size bytes on standard input that are the archive
     * @param encoded whether these are the archive in base64
     */
    public static List<String> push(Cargo cargo, String digest, long size, boolean encoded) {
        return List.of(
                "sh", "-c", PUSH, "actium", digest, Long.toString(size), encoded ? "base64" : "", cargo.toString());
    }

    /**
     * Writes what there is on a host, as lines {@code actium-found <what> <value>}, and starts nothing.
     *
     * @param digest of the runtime, to look for it in the cache of the user
     * @param java the command that a descriptor names; one that is new enough is looked for if empty
     * @param dialled hosts and ports that are tried from there, in turn
     */
    public static List<String> examine(String digest, Optional<String> java, List<Endpoint> dialled) {
        var command = new ArrayList<>(List.of("sh", "-c", EXAMINE, "actium", digest, java.orElse("")));
        dialled.forEach(endpoint -> command.addAll(List.of(endpoint.host(), Integer.toString(endpoint.port()))));
        return command;
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
