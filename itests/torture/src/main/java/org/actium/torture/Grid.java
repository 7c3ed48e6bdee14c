package org.actium.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server of fault tolerance, an application, and workers: what a user would have started with {@code actium}. Used by one thread. Closed it
 * leaves no process and no file but its logs.
 */
final class Grid implements AutoCloseable {

    private static final String SERVER = "FTServer";
    private static final Duration COMMAND = Duration.ofMinutes(2);

    /** @param jar the application of this module */
    record Parts(Path home, Path jar, Place place) {}

    private final Parts parts;
    private final Path logs;
    private final Path state;
    private final String mark;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Process application;
    private volatile long serverProcess;
    private int workers;
    private final Thread interrupted = new Thread(this::end);

    /**
     * @param logs where it leaves what was printed
     * @param mark what the command lines of its workers have, and nobody else's
     */
    Grid(Parts parts, Path logs, String mark) throws IOException {
        this.parts = parts;
        this.logs = logs;
        this.mark = mark;
        this.state = Files.createTempDirectory("torture"); // short: sockets live there
        try (ServerSocket any = new ServerSocket(0)) {
            port = any.getLocalPort();
        }
        Runtime.getRuntime().addShutdownHook(interrupted);
    }

    Path out() {
        return logs.resolve("application.out");
    }

    void startServer() {
        String said = actium(
                "startGlobalFTServer",
                "-proto",
                "pml",
                "-name",
                SERVER,
                "--listen",
                parts.place().here() + ":" + port,
                "-fdperiod",
                "2");
        Matcher process = Pattern.compile("pid (\\d+)").matcher(said);
        if (!process.find()) {
            throw new TortureFailure("no pid of the server in: " + said);
        }
        serverProcess = Long.parseLong(process.group(1));
    }

    /** Returns when it is gone. */
    void killServer() {
        ProcessHandle server = ProcessHandle.of(serverProcess)
                .orElseThrow(
                        () -> new TortureFailure("the server, process " + serverProcess + ", had ended by itself"));
        server.destroyForcibly();
        server.onExit().orTimeout(COMMAND.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** The application, which belongs to the domain of the server. */
    void startApplication(Path history, long seed, int bytes) throws IOException {
        Path token = Files.createFile(
                state.resolve("token"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(token, actium("token", "--guest", "--name", SERVER));
        application = command(
                        "run",
                        parts.jar().toString(),
                        "--listen",
                        parts.place().here() + ":0",
                        "--join",
                        parts.place().here() + ":" + port,
                        "--token-file",
                        token.toString(),
                        "--outlive",
                        "--arg",
                        "history=" + history,
                        "--arg",
                        "seed=" + seed,
                        "--arg",
                        "bytes=" + bytes)
                .redirectOutput(out().toFile())
                .redirectError(logs.resolve("application.err").toFile())
                .start();
    }

    void tell(String line) {
        try {
            application.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            application.getOutputStream().flush();
        } catch (IOException ended) {
            throw new TortureFailure("the application has ended: " + ended);
        }
    }

    boolean applicationIsAlive() {
        return application.isAlive();
    }

    /** Exit code of the application, which was told to end. */
    int awaitEnd() {
        return application
                .onExit()
                .orTimeout(COMMAND.toSeconds(), TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    /** Tells the application to deploy another worker; its name. */
    String deployWorker() {
        int number = workers++;
        String name = "w" + number;
        String jvm = "<jvmProcess><jvmParameters><parameter value='-Xmx96m'/><parameter value='" + tag(name)
                + "'/></jvmParameters></jvmProcess>";
        try {
            Path file = Files.writeString(state.resolve(name + ".xml"), """
                    <actium xmlns="urn:actium:deployment:1">
                      <virtualNode name="workers" timeout="120000" technicalServiceId="logging"><vmName value="%1$s"/></virtualNode>
                      <jvm name="%1$s"><processReference refid="start"/></jvm>
                      <processDefinition id="start">%2$s</processDefinition>
                      <technicalServiceDefinition id="logging" class="pml">
                        <arg name="globalServer" value="rmi://%3$s:%4$d/%5$s"/><arg name="ttc" value="5"/>
                      </technicalServiceDefinition>
                    </actium>
                    """.formatted(
                    name, parts.place().process(number, jvm), parts.place().here(), port, SERVER));
            tell("deploy " + file);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        return name;
    }

    /** Of the worker of that name. */
    String hostOf(String worker) {
        return parts.place().host(Integer.parseInt(worker.substring(1)));
    }

    private String tag(String worker) {
        return "-Dactium.torture=" + mark + "-" + worker + "-";
    }

    /** @param name of the signal, without SIG */
    void signal(String worker, String name) {
        List<Long> processes = processes(tag(worker));
        if (processes.isEmpty()) {
            throw new TortureFailure("there is no process of worker " + worker);
        }
        processes.forEach(process -> run(List.of("kill", "-" + name, Long.toString(process))));
    }

    /** JVMs of hosts show here, too. */
    private static List<Long> processes(String tag) {
        return run(List.of("ps", "-eo", "pid,comm,args"))
                .lines()
                .map(String::strip)
                .filter(line -> line.contains(tag))
                .map(line -> line.split("\\s+", 3))
                .filter(parts -> parts[1].equals("java"))
                .map(parts -> Long.parseLong(parts[0]))
                .toList();
    }

    /** Empty while the server does not answer. */
    Status status() {
        Path server = state.resolve(SERVER);
        try {
            String listens = Files.readString(server.resolve("rest.port")).strip();
            String token = Files.readString(server.resolve("rest.token")).strip();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + listens + "/api/fault-tolerance"))
                    .timeout(Duration.ofSeconds(10))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return Status.of(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException away) {
            return new Status(List.of(), List.of());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TortureFailure("interrupted");
        }
    }

    private String actium(String... arguments) {
        return run(command(arguments));
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(parts.home().resolve("bin/actium").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("ACTIUM_STATE", state.toString());
        return builder;
    }

    private static String run(List<String> command) {
        return run(new ProcessBuilder(command));
    }

    private static String run(ProcessBuilder command) {
        try {
            Path said = Files.createTempFile("torture", ".out"); // a daemon keeps a pipe open
            try {
                Process process = command.redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
                boolean ended = process.waitFor(COMMAND);
                if (!ended) {
                    process.destroyForcibly();
                }
                if (!ended || process.exitValue() != 0) {
                    throw new TortureFailure(
                            command.command() + (ended ? " failed: " : " has not ended: ") + Files.readString(said));
                }
                return Files.readString(said);
            } finally {
                Files.delete(said);
            }
        } catch (IOException broken) {
            throw new TortureFailure(command.command() + ": " + broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TortureFailure(command.command() + " was interrupted");
        }
    }

    private void end() {
        if (application != null) {
            application.descendants().forEach(ProcessHandle::destroyForcibly);
            application.destroyForcibly();
        }
        processes("-Dactium.torture=" + mark + "-")
                .forEach(process -> ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly));
        ProcessHandle.of(serverProcess).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() throws IOException {
        end();
        Runtime.getRuntime().removeShutdownHook(interrupted);
        http.close();
        keepLogs();
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void keepLogs() throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                Files.copy(log, logs.resolve(state.relativize(log).toString().replace('/', '-')));
            }
        }
    }
}
