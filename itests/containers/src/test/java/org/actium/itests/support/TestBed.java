package org.actium.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.Assume;
import org.junit.rules.ExternalResource;

/**
 * Hosts of {@code itests/testbed} with their own sshd, {@code host1}, {@code host2} …, for a class of tests. They stay until
 * the last test has run, for the next class that wants some. Where this machine cannot have them the tests are skipped, and
 * say why.
 */
public final class TestBed extends ExternalResource {

    /** This machine, as the hosts see it. */
    public static final String HERE = "10.77.0.254";

    /** The directory that all hosts see as {@code /srv/share}. */
    public static final Path SHARE = Path.of("/run/testbed/share");

    private static final List<String> PROGRAMS = List.of("sshd", "tini", "nft", "ethtool", "gcc", "ssh");

    /** Whether there are hosts that were started here; guarded by the class. */
    private static boolean ours;

    private static boolean up;

    private final int hosts;
    private boolean rsh;

    public TestBed(int hosts) {
        this.hosts = hosts;
    }

    /** With rsh and rlogin on all hosts. */
    public TestBed withRsh() {
        rsh = true;
        return this;
    }

    /** Of the hosts. */
    public List<String> names() {
        return IntStream.rangeClosed(1, hosts).mapToObj(k -> "host" + k).toList();
    }

    @Override
    protected void before() {
        Assume.assumeTrue("hosts with sshd need root; skipped", "root".equals(System.getProperty("user.name")));
        var needed = new ArrayList<>(PROGRAMS);
        if (rsh) {
            needed.addAll(List.of("netkit-rsh", "in.rshd", "inetd"));
        }
        for (String program : needed) {
            Assume.assumeTrue(
                    "hosts with sshd need the program '" + program + "'; skipped; itests/testbed/README.md says more",
                    Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")
                            .anyMatch(directory -> Files.isExecutable(Path.of(directory, program))));
        }
        if (!up && hosts("list").isBlank()) { // else they are somebody else's, and stay
            own();
            Runtime.getRuntime().addShutdownHook(new Thread(TestBed::takeDown)); // if the tests are ended before
        }
        up = true;
        hosts("up", Integer.toString(hosts));
        if (rsh) {
            run(List.of(script("rsh"), "up"));
        }
    }

    private static synchronized void own() {
        ours = true;
    }

    /**
     * Ends the hosts unless they are somebody else's. Called when the last test has run: a hook of this JVM alone would be too
     * late, since who runs the tests gives it half a minute to end.
     */
    static synchronized void takeDown() {
        if (ours) {
            ours = false;
            run(List.of(script("hosts"), "down"));
        }
    }

    /** Runs a command of the script {@code hosts}; what it printed. */
    public String hosts(String... arguments) {
        var command = new ArrayList<>(List.of(script("hosts")));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String script(String name) {
        return Path.of(System.getProperty("actium.itests"), "testbed", name)
                .normalize()
                .toString();
    }

    /** Runs a command on a host, not over ssh. */
    public String on(String host, String... command) {
        var all = new ArrayList<>(List.of("exec", host));
        all.addAll(List.of(command));
        return hosts(all.toArray(String[]::new));
    }

    /** Containers that run on it, and shells that wait for them; by their command lines. */
    public List<String> containersOn(String host) {
        return on(host, "ps", "-eo", "args")
                .lines()
                .filter(line -> line.contains("org.actium") || line.startsWith("sh -c umask"))
                .toList();
    }

    /** Programs on this machine, its hosts included, that lead to a host for a container. */
    static List<String> sshHere() {
        return run(List.of("ps", "-eo", "args"))
                .lines()
                .filter(line ->
                        line.matches("(\\S*/)?ssh (-R .*)?-T -x -o BatchMode=yes .* -- (host\\d|10\\.77\\.0\\.).*"))
                .toList();
    }

    /** Files in the homes and temporary directories, but for what belongs to ssh and the caches. */
    public List<String> filesOn(String host) {
        return on(host, "find", "/root", "/home", "/tmp", "-xdev", "-type", "f")
                .lines()
                .filter(file -> !file.contains("/.ssh/")
                        && !file.contains("/.cache/actium/runtime/")
                        && !file.contains("/.cache/actium/java/")
                        && !file.contains("/.actium/.cache/")) // bundles that were shipped
                .sorted()
                .toList();
    }

    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + out);
            }
            return out;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
