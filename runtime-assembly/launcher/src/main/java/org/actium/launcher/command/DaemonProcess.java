package org.actium.launcher.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.container.Home;
import org.actium.launcher.state.Instance;

/** Starts the process of a container in the background, in a session of its own: no terminal can hang it up. */
public final class DaemonProcess {

    private static final int LAST_LINES = 10;

    private final Home home;
    private final String searchPath;

    /** @param searchPath the variable {@code PATH} */
    public DaemonProcess(Home home, String searchPath) {
        this.home = home;
        this.searchPath = searchPath;
    }

    /**
     * Starts it and blocks until it is ready or has ended.
     *
     * @param token with which it joins; empty if it does not
     * @throws CommandFailure with what it wrote to its log if it ended; nothing is left running then
     */
    void start(Instance instance, DaemonOptions wanted, String token) throws IOException, InterruptedException {
        keepLastLog(instance.log());
        var builder =
                new ProcessBuilder(command(wanted)).redirectError(instance.log().toFile());
        builder.environment()
                .put("ACTIUM_STATE", instance.directory().getParent().toString());
        Process process = builder.start();
        var stopIfInterrupted = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(stopIfInterrupted);
        try (Writer in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(token + "\n");
        }
        awaitReady(process, instance);
        Runtime.getRuntime().removeShutdownHook(stopIfInterrupted);
    }

    private static void awaitReady(Process process, Instance instance) throws IOException, InterruptedException {
        var reason = new StringJoiner("\n");
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals(DaemonCommand.READY)) {
                return;
            }
            reason.add(line);
        }
        int exitCode = process.waitFor();
        List<String> log = Files.readAllLines(instance.log());
        if (reason.length() == 0) {
            reason.add("its process ended with status " + exitCode);
            log.stream().skip(Math.max(0, log.size() - LAST_LINES)).forEach(reason::add);
        } else {
            log.stream().filter(line -> line.contains("[ERROR]")).forEach(reason::add);
        }
        throw new CommandFailure(
                exitCode == ExitCode.OK ? ExitCode.FAILED : exitCode,
                "container '" + instance.name() + "' does not start: " + reason + "\nits log is " + instance.log());
    }

    /** What is run, without what is told it on its standard input. */
    List<String> command(DaemonOptions wanted) {
        var command = new ArrayList<String>();
        command.add(onPath("setsid") ? "setsid" : "nohup");
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + home.jvmOptions(wanted.assembly()));
        if (Files.exists(home.classCache())) {
            command.add("-XX:AOTCache=" + home.classCache());
        }
        command.addAll(List.of("-cp", home.launcherJar().toString(), "org.actium.launcher.Main", "daemon"));
        command.addAll(wanted.arguments());
        return command;
    }

    private boolean onPath(String program) {
        return Stream.of(searchPath.split(":"))
                .filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static void keepLastLog(Path log) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling("daemon.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
