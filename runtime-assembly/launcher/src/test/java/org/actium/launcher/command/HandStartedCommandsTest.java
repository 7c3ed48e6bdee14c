package org.actium.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.actium.launcher.Distribution;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.state.StateRoot;
import org.junit.Assume;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The exact command lines of containers that people, or hosts when they start, start to join another one. */
public class HandStartedCommandsTest {

    private static final Path UNIT = Path.of("../distribution/src/main/systemd/actium-join.service");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theContainerIsAProcessOfItsOwnThatReadsItsToken() throws IOException {
        Path home = folder.getRoot().toPath().resolve("home");
        var process = new DaemonProcess(new Distribution(home).home(), "/nowhere");
        Path setsid = folder.newFile("setsid").toPath();
        Files.setPosixFilePermissions(setsid, PosixFilePermissions.fromString("rwx------"));
        var detached = new DaemonProcess(new Distribution(home).home(), "/nowhere:" + setsid.getParent());
        List<String> asked = List.of("--name", "node7", "--join", "gate.example.org:4711", "--listen", "0.0.0.0:0");
        List<String> line = List.of(
                System.getProperty("java.home") + "/bin/java",
                "@" + home + "/conf/node.jvm",
                "-cp",
                home + "/lib/org.actium.launcher.jar",
                "org.actium.launcher.Main",
                "daemon",
                "--name",
                "node7",
                "--listen",
                "0.0.0.0:0",
                "--join",
                "gate.example.org:4711");

        assertThat(process.command(wanted(asked))).startsWith("nohup").endsWith(line.toArray(String[]::new));
        assertThat(detached.command(wanted(asked)))
                .startsWith("setsid")
                .hasSize(line.size() + 1)
                .endsWith(line.toArray(String[]::new));
    }

    @Test
    public void theUnitOfSystemdStartsAndStopsOneByTheNameOfItsHost() throws IOException {
        assertThat(unit("ExecStart"))
                .isEqualTo("/opt/actium/bin/actium start --name %H --join ${PARENT} --listen 0.0.0.0:0"
                        + " --token-file /etc/actium/join.tokens");
        assertThat(unit("ExecStop")).isEqualTo("/opt/actium/bin/actium stop --name %H");

        List<String> start = Stream.of(unit("ExecStart").split(" "))
                .map(word -> word.replace("%H", "node7.example.org").replace("${PARENT}", "gate.example.org:4711"))
                .toList();
        assertThat(wanted(start.subList(2, start.size())).join())
                .as("understood, with the option of the token file")
                .hasValue("gate.example.org:4711");
    }

    @Test
    public void systemdFindsNothingWrongWithTheUnit() throws Exception {
        Assume.assumeTrue("no systemd-analyze here; skipped", Files.isExecutable(Path.of("/usr/bin/systemd-analyze")));
        Path program = folder.newFile("actium").toPath(); // it must be there
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Path unit = folder.getRoot().toPath().resolve("actium-join.service");
        Files.writeString(unit, Files.readString(UNIT).replace("/opt/actium/bin/actium", program.toString()));

        Process verify = new ProcessBuilder("/usr/bin/systemd-analyze", "verify", unit.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(verify.waitFor()).isZero();
    }

    @Test
    public void aNameThatCouldBeAnythingElseStartsNothing() throws IOException {
        Path state = folder.getRoot().toPath().resolve("state");
        var shell = new Shell();
        var home = new Distribution(folder.getRoot().toPath().resolve("home")).home();
        var start = new StartCommand(new DaemonProcess(home, ""), new StateRoot(state), shell.terminal());
        for (String name : List.of("$(reboot)", "`reboot`", "a;reboot", "a&b", "a'b", "a\nb", "../a", ".run", "-a")) {
            assertThat(shell.run(start, "--name=" + name)).as(name).isEqualTo(ExitCode.USAGE);
            assertThat(shell.err()).contains("cannot be the name of a container");
        }
        assertThat(state).doesNotExist();
    }

    private static DaemonOptions wanted(List<String> arguments) {
        Syntax syntax = DaemonOptions.addTo(Syntax.of("start", "starts")).option("--token-file", "<file>", "token");
        return DaemonOptions.of(Options.parse(syntax, arguments));
    }

    private static String unit(String key) throws IOException {
        return Files.readAllLines(UNIT).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
