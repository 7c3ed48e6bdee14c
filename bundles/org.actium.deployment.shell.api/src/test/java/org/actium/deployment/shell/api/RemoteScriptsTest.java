package org.actium.deployment.shell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.deployment.shell.api.RemoteScripts.Cargo;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.testkit.Eventually;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** The scripts in a shell of this host, in a home of their own. */
public class RemoteScriptsTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final SystemTime time = new SystemTime(new SystemThreads());
    private final Eventually eventually = new Eventually(time, Duration.ofSeconds(50));
    private final List<String> environment = new ArrayList<>();
    private Path home;
    private Path distribution;
    private RuntimeImage image;

    @After
    public void stopTime() {
        time.close();
    }

    @Before
    public void writeDistribution() throws IOException {
        home = folder.newFolder("home of ann").toPath();
        distribution = folder.newFolder("distribution").toPath();
        for (String directory : List.of("lib", "conf", "features", "assembly", "bundles", "apps")) {
            Files.createDirectory(distribution.resolve(directory));
        }
        Files.writeString(distribution.resolve("build.properties"), "version=1\n");
        Files.writeString(distribution.resolve("lib/org.actium.launcher.jar"), "x".repeat(1000));
        Files.writeString(distribution.resolve("lib/node.aot"), "of this JVM only");
        Files.writeString(distribution.resolve("conf/node.jvm"), "-Xms16m\n");
        Files.writeString(distribution.resolve("conf/protocols.properties"), "insecure =\n");
        Files.writeString(distribution.resolve("bundles/a.jar"), "a");
        Files.writeString(distribution.resolve("bundles/of-the-daemon.jar"), "b");
        Files.writeString(
                distribution.resolve("assembly/node.json"), "{\"bundles\": [{\"file\" : \"bundles/a.jar\"}]}");
        image = RuntimeImage.of(distribution);
    }

    @Test
    public void theImageHoldsWhatANodeNeedsAndHasTheDigestOfIt() throws IOException {
        assertThat(image.files())
                .containsExactly(
                        "assembly/node.json",
                        "build.properties",
                        "bundles/a.jar",
                        "conf/node.jvm",
                        "lib/org.actium.launcher.jar");
        assertThat(image.digest())
                .hasSize(64)
                .isEqualTo(RuntimeImage.of(distribution).digest());
        Files.writeString(distribution.resolve("conf/node.jvm"), "-Xms32m\n");
        assertThat(RuntimeImage.of(distribution).digest()).isNotEqualTo(image.digest());
    }

    /** Of the same length, so that only its digest tells; else the cache would keep it under a digest that is not its own. */
    @Test
    public void whatHasChangedSinceItsDigestWasMadeIsNotArchived() throws IOException {
        Path archive = folder.getRoot().toPath().resolve("changed");
        image.writeTo(archive);
        Files.writeString(distribution.resolve("conf/node.jvm"), "-Xms32m\n");

        assertThatThrownBy(() -> image.writeTo(archive))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has changed since its digest " + image.digest() + " was made")
                .hasMessageContaining(RuntimeImage.of(distribution).digest());
    }

    /** It counts from the next launch: a runtime that was brought before it changed is still the same. */
    @Test
    public void whatTheAdministratorAllowsIsNoPartOfTheImage() throws IOException {
        Files.writeString(distribution.resolve("conf/protocols.properties"), "insecure = rsh\n");

        assertThat(RuntimeImage.of(distribution)).isEqualTo(image);
    }

    @Test
    public void aRuntimeIsPushedOnceAndStartedFromTheCache() throws Exception {
        assertThat(start("true").exitCode()).isEqualTo(RemoteScripts.LACKS_RUNTIME);

        assertThat(push()).isEqualTo(new Ended(0, ""));
        Path cached = home.resolve(".cache/actium/runtime").resolve(image.digest());
        assertThat(Files.readString(cached.resolve("lib/org.actium.launcher.jar")))
                .isEqualTo("x".repeat(1000));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cached)))
                .as("for the user only")
                .isEqualTo("rwx------");
        assertThat(push()).as("again").isEqualTo(new Ended(0, ""));
        assertThat(entries(cached.getParent())).containsExactly(image.digest());
        assertThat(entries(cached)).doesNotContain(".incoming");
    }

    @Test
    public void anArchiveTravelsAsTextWhereOnlyThatDoes() throws Exception {
        byte[] encoded = Base64.getMimeEncoder(76, new byte[] {'\n'}).encode(Files.readAllBytes(archive()));
        Path text = folder.getRoot().toPath().resolve("archive.base64");
        Files.write(text, encoded);
        Files.writeString(text, "what comes after it", StandardOpenOption.APPEND);

        assertThat(run(RemoteScripts.push(Cargo.RUNTIME, image.digest(), encoded.length, true), Optional.of(text), ""))
                .isEqualTo(new Ended(0, ""));
        assertThat(entries(home.resolve(".cache/actium/runtime"))).containsExactly(image.digest());
    }

    @Test
    public void whatNobodyHasStartedForAMonthGoesWithTheNextPush() throws Exception {
        Path cache = Files.createDirectories(home.resolve(".cache/actium/runtime"));
        FileTime past = FileTime.from(Instant.now().minus(Duration.ofDays(40)));
        for (String name : List.of("old", "used", ".incoming.x")) {
            Files.createDirectories(cache.resolve(name).resolve("lib"));
            Files.setLastModifiedTime(cache.resolve(name), past);
        }
        run(RemoteScripts.start("used", Optional.of("true"), List.of(), List.of()), Optional.empty(), "\n");

        push();

        assertThat(entries(cache)).containsExactlyInAnyOrder("used", image.digest());
    }

    @Test
    public void aBrokenPushLeavesNothing() throws Exception {
        Path archive = archive();
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(archive), 200));

        assertThat(run(RemoteScripts.push(Cargo.RUNTIME, image.digest(), 200, false), Optional.of(archive), "")
                        .exitCode())
                .isEqualTo(74);
        assertThat(entries(home.resolve(".cache/actium/runtime"))).isEmpty();
    }

    @Test
    public void aPushWhoseInputEndsTooEarlyLeavesNothing() throws Exception {
        Process push = halfPushed();

        push.getOutputStream().close(); // as when the deployer is killed

        assertThat(push.waitFor()).isEqualTo(74);
        assertThat(entries(home.resolve(".cache/actium/runtime"))).isEmpty();
    }

    @Test
    public void aPushThatIsHungUpLeavesNothing() throws Exception {
        Process push = halfPushed();

        var hangUp = new ArrayList<>(List.of("kill", "-HUP")); // as a terminal does to all who have it
        push.descendants().map(process -> Long.toString(process.pid())).forEach(hangUp::add);
        new ProcessBuilder(hangUp).start().waitFor(); // in vain for those that have ended meanwhile

        assertThat(push.waitFor()).isEqualTo(74);
        assertThat(entries(home.resolve(".cache/actium/runtime"))).isEmpty();
    }

    /** One signal comes while it already removes what it has; the terminal sends it to what it runs for that, too. */
    @Test
    public void aPushThatIsHungUpTwiceLeavesNothing() throws Exception {
        String remove = program("rm", "kill -HUP $PPID $$; exec /bin/rm \"$@\"");
        environment.add("PATH=" + remove + ":" + System.getenv("PATH"));
        Process push = halfPushed();

        push.getOutputStream().close();

        assertThat(push.waitFor()).isEqualTo(74);
        assertThat(push.inputReader().lines()).endsWith("actium-exit 74");
        assertThat(entries(home.resolve(".cache/actium/runtime"))).isEmpty();
    }

    @Test
    public void aPushThatTellsNobodyWhyItEndsLeavesNothing() throws Exception {
        environment.add("ACTIUM_PATIENCE=1");
        Process push = halfPushed();

        push.getInputStream().close();
        push.waitFor();

        assertThat(entries(home.resolve(".cache/actium/runtime"))).isEmpty();
    }

    @Test
    public void aJavaThatTellsNobodyThatItDoesNotRunThereIsNotKept() throws Exception {
        Path go = folder.getRoot().toPath().resolve("go");
        assertThat(new ProcessBuilder("mkfifo", go.toString()).start().waitFor())
                .isZero();
        byte[] archive = Files.readAllBytes(java("read -r word <" + go + "; exit 126"));
        Process push = process(RemoteScripts.push(Cargo.JAVA, "abc", archive.length, false));
        push.getOutputStream().write(archive);
        push.getOutputStream().flush();

        push.getInputStream().close();
        Files.writeString(go, "go\n");
        push.waitFor();

        assertThat(entries(home.resolve(".cache/actium/java"))).isEmpty();
    }

    /** A directory with that program alone. */
    private String program(String name, String body) throws IOException {
        Path directory = folder.newFolder().toPath();
        Files.move(script(body), directory.resolve(name));
        return directory.toString();
    }

    /** Its line was cut, and nobody says so. */
    @Test
    public void aPushThatDoesNotGrowAnyMoreEndsByItselfAndLeavesNothing() throws Exception {
        environment.add("ACTIUM_PATIENCE=1");
        Process push = halfPushed();
        List<ProcessHandle> all = push.descendants().toList();

        assertThat(push.waitFor()).isEqualTo(74);

        assertThat(push.inputReader().lines()).contains("nothing more has come for 1 s");
        assertThat(entries(home.resolve(".cache/actium/runtime"))).isEmpty();
        assertThat(all).isNotEmpty();
        eventually.holds("all have ended", () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    public void aPushThatGrowsSlowlyGoesOn() throws Exception {
        environment.add("ACTIUM_PATIENCE=4");
        byte[] archive = incompressible();
        Process push = process(RemoteScripts.push(Cargo.RUNTIME, image.digest(), archive.length, false));
        OutputStream in = push.getOutputStream();
        int part = archive.length / 8 + 1;
        for (int from = 0; from < archive.length; from += part) {
            in.write(archive, from, Math.min(part, archive.length - from));
            in.flush();
            Thread.sleep(900); // in all longer than its patience
        }

        assertThat(push.waitFor())
                .as(new String(push.getInputStream().readAllBytes()))
                .isZero();
        assertThat(entries(home.resolve(".cache/actium/runtime"))).containsExactly(image.digest());
    }

    /** One to which as much has come as it can unpack a part of. */
    private Process halfPushed() throws IOException {
        byte[] archive = incompressible();
        Process push = process(RemoteScripts.push(Cargo.RUNTIME, image.digest(), archive.length, false));
        push.getOutputStream().write(archive, 0, archive.length / 2);
        push.getOutputStream().flush();
        eventually.holds("it unpacks", () -> unpacks(home.resolve(".cache/actium/runtime")));
        return push;
    }

    private static boolean unpacks(Path cache) {
        try (Stream<Path> pushes = Files.list(cache)) {
            return pushes.anyMatch(push -> Files.exists(push.resolve("assembly")));
        } catch (IOException notYet) {
            return false;
        }
    }

    private byte[] incompressible() throws IOException {
        byte[] noise = new byte[1_000_000];
        new Random(7).nextBytes(noise);
        Files.write(distribution.resolve("bundles/a.jar"), noise);
        image = RuntimeImage.of(distribution);
        return Files.readAllBytes(archive());
    }

    @Test
    public void theContainerGetsItsOptionsItsEnvironmentAndTheBootRequest() throws Exception {
        push();
        Path java = script("echo x >\"$ACTIUM_RUN/kept\"; printf '<%s>' \"$VARIABLE\" \"$1\" \"$2\"; cat");
        List<String> command = RemoteScripts.start(
                image.digest(),
                Optional.of(java.toString()),
                List.of("VARIABLE=it's $HOME", "TMPDIR=" + home),
                List.of("-Da=b c", "-Dd=`reboot`"));

        Ended ended = run(command, Optional.empty(), "name=w\ntoken=a\\b c\n\n");

        assertThat(entries(home)).as("what the container kept is gone").containsExactly(".cache");
        assertThat(ended)
                .isEqualTo(new Ended(0, "actium-runs\n<it's $HOME><-Da=b c><-Dd=`reboot`>name=w\ntoken=a\\b c\n"));
    }

    /** Of the shells of some hosts {@code printf} and {@code echo} are programs. */
    @Test
    public void theTokenIsInNoArgumentsEvenWhereTheShellRunsAProgramToWrite() throws Exception {
        push();
        Path told = folder.getRoot().toPath().resolve("told");
        Path programs = folder.newFolder("recorded").toPath();
        for (String program : List.of("printf", "echo")) {
            executable(
                    programs.resolve(program),
                    "cat /proc/$$/cmdline >>'" + told + "'\nexec /bin/" + program + " \"$@\"");
        }
        Path without = folder.getRoot().toPath().resolve("without");
        Files.writeString(without, "enable -n printf echo\n");
        environment.addAll(List.of("BASH_ENV=" + without, "PATH=" + programs + ":/usr/bin:/bin"));
        List<String> command = new ArrayList<>(
                RemoteScripts.start(image.digest(), Optional.of(script("cat").toString()), List.of(), List.of()));
        command.set(0, "bash");

        assertThat(run(command, Optional.empty(), "name=w\ntoken=4711.secret\n\n"))
                .isEqualTo(new Ended(0, "actium-runs\nname=w\ntoken=4711.secret\n"));
        assertThat(told).content().contains("actium-runs").doesNotContain("secret");
    }

    @Test
    public void theTokenIsInNoEnvironmentWhateverThatHasAlready() throws Exception {
        push();
        List<String> names = List.of("boot", "actium_boot", "line", "actium_line");
        names.forEach(name -> environment.add(name + "=of the host"));
        Path java = script("cat /proc/$$/environ /proc/$PPID/environ; cat >&2");

        Ended ended = run(
                RemoteScripts.start(
                        image.digest(), Optional.of(java.toString()), List.of("boot=of a descriptor"), List.of()),
                Optional.empty(),
                "name=w\ntoken=4711.secret\n\n");

        assertThat(ended.out()).contains("boot=of a descriptor").containsOnlyOnce("secret");
        assertThat(ended.out()).endsWith("token=4711.secret\n");
    }

    /** The script has variables too. */
    @Test
    public void aVariableMayHaveAnyNameInEveryShell() throws Exception {
        push();
        String names = "home java node line code watch held variables patience found brought candidate jdk version";
        pushJava("[ \"$1\" != -XX:-UsePerfData ] || exit 0; for name in " + names
                + "; do eval \"printf '%s;' \\\"\\$$name\\\"\"; done; exit 3");
        environment.addAll(List.of("ACTIUM_JDK_FOLDERS=/nowhere", "ACTIUM_JAVA_HOME=/nowhere", "JAVA_HOME=/nowhere"));
        environment.add("PATH=" + pathWithoutJava());
        List<String> variables = new ArrayList<>(List.of("ACTIUM_JAVA_IMAGE=abc"));
        Stream.of(names.split(" ")).map(name -> name + "=own " + name).forEach(variables::add);
        String seen =
                Stream.of(names.split(" ")).map(name -> "own " + name + ";").collect(Collectors.joining());

        for (String shell : List.of("/bin/bash", "/bin/dash")) {
            List<String> start =
                    new ArrayList<>(RemoteScripts.start(image.digest(), Optional.empty(), variables, List.of()));
            start.set(0, shell);
            assertThat(run(start, Optional.empty(), "name=w\n\n"))
                    .as(shell)
                    .isEqualTo(new Ended(3, "actium-runs\n" + seen));
        }
    }

    @Test
    public void aHostWithoutJavaTakesOneThatWasBrought() throws Exception {
        push();
        environment.addAll(List.of("ACTIUM_JDK_FOLDERS=/nowhere", "ACTIUM_JAVA_HOME=/nowhere", "JAVA_HOME=/nowhere"));
        environment.add("PATH=" + pathWithoutJava());
        List<String> start =
                RemoteScripts.start(image.digest(), Optional.empty(), List.of("ACTIUM_JAVA_IMAGE=abc"), List.of("-X"));
        Ended lacks = run(start, Optional.empty(), "\n");
        assertThat(lacks.exitCode()).isEqualTo(RemoteScripts.LACKS_JAVA);
        assertThat(lacks.out()).contains("has no Java 25 or newer; found: none").contains("--push-java");

        assertThat(pushJava("[ \"$*\" = '-XX:-UsePerfData -version' ] || echo brought $1"))
                .isEqualTo(new Ended(0, ""));

        assertThat(entries(home.resolve(".cache/actium/java"))).containsExactly("abc");
        assertThat(entries(home.resolve(".cache/actium/java/abc"))).containsExactly("bin", "release");
        assertThat(run(start, Optional.empty(), "\n")).isEqualTo(new Ended(0, "actium-runs\nbrought -X\n"));
    }

    @Test
    public void aJavaThatDoesNotRunThereIsNotKept() throws Exception {
        Ended pushed = pushJava("echo cannot execute binary file; exit 126");

        assertThat(pushed.exitCode()).isEqualTo(75);
        assertThat(pushed.out())
                .startsWith("the Java that was brought does not run on ")
                .endsWith(": cannot execute binary file\n");
        assertThat(entries(home.resolve(".cache/actium/java"))).isEmpty();
    }

    private Ended pushJava(String java) throws Exception {
        Path archive = java(java);
        return run(RemoteScripts.push(Cargo.JAVA, "abc", Files.size(archive), false), Optional.of(archive), "");
    }

    /** Its archive. */
    private Path java(String java) throws IOException {
        Path directory = folder.newFolder().toPath();
        Files.createDirectory(directory.resolve("bin"));
        Files.copy(script(java), directory.resolve("bin/java"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(directory.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        Path archive = folder.getRoot().toPath().resolve("java.tar.gz");
        TarArchive.write(archive, directory, List.of("bin/java", "release"));
        return archive;
    }

    /** A directory with the programs that the scripts need. */
    private String pathWithoutJava() throws IOException {
        Path programs = folder.newFolder("programs").toPath();
        for (String program : List.of(
                "sh",
                "sed",
                "dirname",
                "readlink",
                "mktemp",
                "touch",
                "rm",
                "sleep",
                "cat",
                "mkdir",
                "head",
                "tar",
                "gzip",
                "mv",
                "find",
                "uname")) {
            Path found = Stream.of("/bin", "/usr/bin")
                    .map(directory -> Path.of(directory, program))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(programs.resolve(program), found);
        }
        return programs.toString();
    }

    @Test
    public void theContainerEndsWithTheInputAndItsExitCodeIsHandedOn() throws Exception {
        endsWhen(OutputStream::close); // as when the connection is lost
    }

    @Test
    public void aWordEndsTheContainerWhereTheEndOfTheInputDoesNotArrive() throws Exception {
        endsWhen(in -> {
            in.write("actium-end\n".getBytes(StandardCharsets.UTF_8));
            in.flush();
        });
    }

    @Test
    public void aContainerWhoseLeaseAnotherHoldsOutlivesTheInput() throws Exception {
        push();
        Path go = folder.getRoot().toPath().resolve("go");
        assertThat(new ProcessBuilder("mkfifo", go.toString()).start().waitFor())
                .isZero();
        String java = script("cat; trap 'echo told; exit 5' TERM; echo ready; read -r word <" + go
                        + "; echo \"$word\"; exit 7")
                .toString();
        List<String> start = RemoteScripts.start(image.digest(), Optional.of(java), List.of(), List.of());
        Process left = process(start);
        var out = left.inputReader();
        OutputStream in = left.getOutputStream();
        in.write("name=w\nholder=10.0.0.7:4000\n\n".getBytes(StandardCharsets.UTF_8));
        in.flush();
        assertThat(List.of(out.readLine(), out.readLine(), out.readLine(), out.readLine()))
                .containsExactly("actium-runs", "name=w", "holder=10.0.0.7:4000", "ready");
        eventually.holds(
                "it waits for the end of its input", () -> !watching(left).isEmpty());

        in.close();

        eventually.holds("it has seen that", () -> watching(left).isEmpty());
        Files.writeString(go, "goes on\n");
        assertThat(out.readLine()).isEqualTo("goes on");
        assertThat(left.waitFor()).isEqualTo(7);
    }

    /** The shells that the script has started besides the container: one waits for the end of the input. */
    private List<ProcessHandle> watching(Process script) {
        return script.descendants()
                .filter(process -> process.parent()
                        .flatMap(parent -> parent.info().commandLine())
                        .equals(process.info().commandLine()))
                .toList();
    }

    @Test
    public void aWordEndsAContainerWhoseLeaseAnotherHolds() throws Exception {
        endsWhen("holder=10.0.0.7:4000", in -> {
            in.write("actium-end\n".getBytes(StandardCharsets.UTF_8));
            in.close();
        });
    }

    private interface Ending {
        void of(OutputStream in) throws IOException;
    }

    private void endsWhen(Ending ending) throws Exception {
        endsWhen("name=w", ending);
    }

    private void endsWhen(String request, Ending ending) throws Exception {
        push();
        Process waiting = process(RemoteScripts.start(
                image.digest(),
                Optional.of(script("cat; trap 'echo told; exit 5' TERM; sleep 60 & echo ready; wait")
                        .toString()),
                List.of(),
                List.of()));
        OutputStream in = waiting.getOutputStream();
        in.write((request + "\n\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
        var out = waiting.inputReader();
        assertThat(out.readLine()).isEqualTo("actium-runs");
        assertThat(out.readLine()).isEqualTo(request);
        assertThat(out.readLine()).isEqualTo("ready");

        ending.of(in);

        assertThat(out.readLine()).isEqualTo("told");
        assertThat(waiting.waitFor()).isEqualTo(5);
    }

    /** Its line was cut before all had come, and nobody says so. */
    @Test
    public void aStartThatIsNotToldWhatToRunEndsByItself() throws Exception {
        push();
        environment.add("ACTIUM_PATIENCE=1");
        Process waiting = process(RemoteScripts.start(
                image.digest(), Optional.of(script("echo started").toString()), List.of(), List.of()));
        waiting.getOutputStream().write("name=w\n".getBytes(StandardCharsets.UTF_8));
        waiting.getOutputStream().flush();
        eventually.holds("it waits", () -> waiting.descendants().count() > 1);
        List<ProcessHandle> all = waiting.descendants().toList();

        waiting.waitFor();

        assertThat(waiting.inputReader().lines())
                .startsWith("the boot request has not come within 1 s", "actium-exit 74");
        eventually.holds("all have ended", () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    public void aStartThatWasToldWhatToRunIsNotWatchedAnyMore() throws Exception {
        push();
        environment.add("ACTIUM_PATIENCE=1");
        Path java = script("sleep 3; echo done");

        assertThat(run(
                        RemoteScripts.start(image.digest(), Optional.of(java.toString()), List.of(), List.of()),
                        Optional.empty(),
                        "name=w\n\n"))
                .isEqualTo(new Ended(0, "actium-runs\ndone\n"));
    }

    private record Ended(int exitCode, String out) {}

    private Ended push() throws Exception {
        Path archive = archive();
        return run(
                RemoteScripts.push(Cargo.RUNTIME, image.digest(), Files.size(archive), false),
                Optional.of(archive),
                "");
    }

    private Path archive() throws IOException {
        Path archive = folder.getRoot().toPath().resolve("archive.tar.gz");
        image.writeTo(archive);
        return archive;
    }

    private Ended start(String java) throws Exception {
        return run(
                RemoteScripts.start(image.digest(), Optional.of(java), List.of(), List.of()), Optional.empty(), "\n");
    }

    private Path script(String body) throws IOException {
        return executable(folder.getRoot().toPath().resolve("java"), body);
    }

    private static Path executable(Path script, String body) throws IOException {
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    private Ended run(List<String> command, Optional<Path> input, String text) throws Exception {
        Process process = process(command);
        OutputStream in = process.getOutputStream();
        in.write(input.isPresent() ? Files.readAllBytes(input.get()) : text.getBytes(StandardCharsets.UTF_8));
        in.flush();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        in.close();
        String last = "actium-exit " + code + "\n";
        assertThat(out).as("not every shell brings the exit code back").endsWith(last);
        return new Ended(code, out.substring(0, out.length() - last.length()));
    }

    /** As through ssh: a shell takes the line apart. */
    private Process process(List<String> command) throws IOException {
        List<String> remote = new ArrayList<>(List.of("env", "-u", "XDG_CACHE_HOME", "HOME=" + home));
        remote.addAll(environment);
        remote.addAll(List.of("/bin/sh", "-c", ShellWords.line(command)));
        return new SystemProcesses().start(remote);
    }

    private static List<String> entries(Path directory) throws IOException {
        try (Stream<Path> inside = Files.list(directory)) {
            return inside.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
