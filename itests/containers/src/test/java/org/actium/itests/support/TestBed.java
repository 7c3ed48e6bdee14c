package org.actium.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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
    private static final List<String> RSH_PROGRAMS = List.of("netkit-rsh", "in.rshd", "inetd");

    /** Directories in which a host keeps what belongs to nobody's system: each user's, and those where anybody may write. */
    private static final List<String> PLACES = List.of("/root", "/home", "/tmp", "/var/tmp", "/run", "/dev/shm");

    /** What the caches are, whole: neither what has yet to be put there nor what a container keeps while it runs. */
    private static final Pattern CACHE = Pattern.compile(
            "/(root|home/[^/]+)/(\\.cache(/actium(/(runtime|java)(/[0-9a-f]{64}(/.*)?)?)?)?|\\.actium(/\\.cache(/.*)?)?)");

    /** Whether there are hosts that were started here; guarded by the class. */
    private static boolean ours;

    private static boolean up;

    private final int hosts;
    private boolean rsh;
    private boolean rshIfThere;

    private boolean everywhere;

    /** Why there are none; empty if there are some. */
    private String missing = "";

    public TestBed(int hosts) {
        this.hosts = hosts;
    }

    /** With rsh and rlogin on all hosts. */
    public TestBed withRsh() {
        rsh = true;
        return this;
    }

    /** With rsh and rlogin on all hosts if this machine has the programs: {@link #hasRsh} says so. */
    public TestBed withRshIfThere() {
        rshIfThere = true;
        return this;
    }

    /** What is left is looked for as directories, sockets and the like, too, and also in {@code /run} and {@code /dev/shm}. */
    public TestBed lookedAtEverywhere() {
        everywhere = true;
        return this;
    }

    /** Whether rsh and rlogin lead to the hosts. */
    public boolean hasRsh() {
        return rsh;
    }

    /** Whether there are hosts; where not, the tests of a class that is on {@link OnHosts} are skipped one by one. */
    public boolean isThere() {
        return missing.isEmpty();
    }

    /** Skips the test that runs if there are no hosts. */
    public void assumeHosts() {
        Assume.assumeTrue(missing, isThere());
    }

    /** Of the hosts. */
    public List<String> names() {
        return IntStream.rangeClosed(1, hosts).mapToObj(k -> "host" + k).toList();
    }

    @Override
    protected void before() {
        missing = missing();
        if (!missing.isEmpty()) {
            return; // and each test is skipped, so that each is counted
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

    private String missing() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "hosts with sshd need root; skipped";
        }
        rsh |= rshIfThere && RSH_PROGRAMS.stream().allMatch(TestBed::isInstalled);
        return Stream.concat(PROGRAMS.stream(), rsh ? RSH_PROGRAMS.stream() : Stream.empty())
                .filter(program -> !isInstalled(program))
                .findFirst()
                .map(program -> "hosts with sshd need the program '" + program
                        + "'; skipped; itests/testbed/README.md says more")
                .orElse("");
    }

    private static boolean isInstalled(String program) {
        return Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin")
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
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

    /** Runs a command on this machine; what it printed. */
    public static String here(String... command) {
        return run(List.of(command));
    }

    /** Runs the systemd of this machine on the host, until {@link #stopSystemd}; it has no units but those of the system. */
    public void startSystemd(String host) {
        Assume.assumeTrue(
                "a host with systemd needs /lib/systemd/systemd; skipped",
                Files.isExecutable(Path.of("/lib/systemd/systemd")));
        run(List.of(script("systemd"), "up", host));
    }

    /** With all that it started. */
    public void stopSystemd(String host) {
        run(List.of(script("systemd"), "down", host));
    }

    /** Runs a line for a shell where systemd is the first process; what it printed. */
    public String underSystemd(String host, String line) {
        return run(List.of(script("systemd"), "exec", host, "sh", "-c", line));
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

    /** What is in the homes and temporary directories, but for what belongs to ssh and the caches. */
    public List<String> filesOn(String host) {
        return everywhere ? allOn(host) : regularFilesOn(host);
    }

    private List<String> regularFilesOn(String host) {
        return on(host, "find", "/root", "/home", "/tmp", "-xdev", "-type", "f")
                .lines()
                .filter(file -> !file.contains("/.ssh/")
                        && !file.contains("/.cache/actium/runtime/")
                        && !file.contains("/.cache/actium/java/")
                        && !file.contains("/.actium/.cache/")) // bundles that were shipped
                .sorted()
                .toList();
    }

    private List<String> allOn(String host) {
        var find = new ArrayList<>(List.of("find"));
        find.addAll(PLACES);
        find.add("-xdev");
        return on(host, find.toArray(String[]::new))
                .lines()
                .filter(file -> !file.contains("/.ssh/"))
                .filter(file -> !CACHE.matcher(file).matches())
                .filter(file -> !file.equals("/run/motd.dynamic")) // written by each login
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
