package org.actium.benchmarks.ft;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.ft.core.RecoverableActiveObjects;
import org.actium.ft.core.RecoverableObjects;
import org.actium.remote.api.JoinToken;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.testkit.EmbeddedRuntime;

/** A JVM with active objects, of which others call it; ends when its standard input ends. */
final class Worker implements AutoCloseable {

    /** What all JVMs that measure are started with. */
    static final List<String> OPTIONS = List.of(
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseParallelGC",
            "-Xmx1g",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    private static final String NODE = "default";

    private final String name;
    private final Process process;
    private final RuntimeAddress address;

    private Worker(String name, Process process, RuntimeAddress address) {
        this.name = name;
        this.process = process;
        this.address = address;
    }

    /** @param parent has the server */
    static Worker start(String name, EmbeddedRuntime parent, Protection protection, Duration ttc) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
        command.addAll(List.of(name, protection.name(), Long.toString(ttc.toMillis())));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            said(process); // an invitation lasts for seconds, which a JVM may take to start
            EmbeddedRuntime.Invitation invitation = parent.invite();
            PrintStream told = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
            told.println(invitation.endpoint());
            told.println(invitation.token().text());
            String joined = said(process);
            RuntimeAddress address = parent.links().all().stream()
                    .map(link -> link.peer())
                    .filter(peer -> peer.id().toString().equals(joined))
                    .findAny()
                    .orElseThrow();
            return new Worker(name, process, address);
        } catch (IOException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    private static String said(Process process) throws IOException {
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (line == null) {
            throw new IOException(
                    "a worker ended with status " + process.onExit().join().exitValue() + " before it had joined");
        }
        return line;
    }

    String name() {
        return name;
    }

    /** Where its objects are created. */
    Node node(EmbeddedRuntime from) {
        return from.nodeAt(address, NODE);
    }

    /** As {@code kill -9} does. Returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws IOException {
        String name = arguments[0];
        Protection protection = Protection.valueOf(arguments[1]);
        Duration ttc = Duration.ofMillis(Long.parseLong(arguments[2]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        SystemThreads threads = new SystemThreads();
        SystemTime time = new SystemTime(threads);
        Ports ports = new Ports(time, threads, new SystemRandom());
        try (time;
                EmbeddedRuntime runtime =
                        new EmbeddedRuntime(name, ports, new TcpTransport(threads), Cluster.LOOPBACK)) {
            System.out.println("ready");
            Endpoint parent = Endpoint.parse(in.readLine());
            runtime.join(new EmbeddedRuntime.Invitation(parent, JoinToken.parse(in.readLine())));
            RuntimeAddress server = runtime.links().resolve(parent);
            Optional<RecoverableActiveObjects> recoverable = protection == Protection.NONE
                    ? Optional.empty()
                    : Optional.of(recoverable(runtime, server, ports, ttc));
            System.out.println(runtime.runtime().id());
            while (in.readLine() != null) {}
            recoverable.ifPresent(RecoverableActiveObjects::close);
        }
    }

    private static RecoverableActiveObjects recoverable(
            EmbeddedRuntime runtime, RuntimeAddress server, Ports ports, Duration ttc) {
        return new RecoverableActiveObjects(
                runtime.recoverableBodies(),
                new RecoverableObjects.Ports(
                        runtime.links().self(), runtime.remoteObjects(), () -> server, () -> Cluster.RUN, ports),
                new RecoverableActiveObjects.Hosting(
                        node -> true, Optional.of(runtime.runtime().defaultNode()), () -> server),
                Cluster.settings(ttc));
    }
}
