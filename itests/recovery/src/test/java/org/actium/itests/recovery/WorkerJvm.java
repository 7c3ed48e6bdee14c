package org.actium.itests.recovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.actium.ft.core.RecoverableActiveObjects;
import org.actium.ft.core.RecoverableObjects;
import org.actium.remote.api.JoinToken;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.testkit.EmbeddedRuntime;

/** A JVM whose active objects are recoverable, and that takes those of others; ends when its standard input ends. */
final class WorkerJvm implements AutoCloseable {

    static final RecoverableObjects.Settings SETTINGS =
            new RecoverableObjects.Settings(Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofSeconds(1));

    private final Process process;
    private final RuntimeAddress address;

    private WorkerJvm(Process process, RuntimeAddress address) {
        this.process = process;
        this.address = address;
    }

    /** @param parent has the server */
    static WorkerJvm start(EmbeddedRuntime parent) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WorkerJvm.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        said(process); // an invitation lasts for seconds, which a JVM may take to start
        EmbeddedRuntime.Invitation invitation = parent.invite();
        Writer in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        in.write(invitation.endpoint() + "\n" + invitation.token().text() + "\n");
        in.flush();
        String joined = said(process);
        RuntimeAddress address = parent.links().all().stream()
                .map(link -> link.peer())
                .filter(peer -> peer.id().toString().equals(joined))
                .findAny()
                .orElseThrow();
        return new WorkerJvm(process, address);
    }

    private static String said(Process process) throws IOException {
        String line = process.inputReader().readLine();
        if (line == null) {
            throw new IOException(
                    "the worker ended with status " + process.onExit().join().exitValue());
        }
        return line;
    }

    RuntimeAddress address() {
        return address;
    }

    /** Returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** @param name without SIG */
    void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (kill.onExit().join().exitValue() != 0) {
            throw new IOException("kill -" + name + " " + process.pid() + " failed");
        }
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws IOException {
        SystemThreads threads = new SystemThreads();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        SystemTime time = new SystemTime(threads);
        Ports ports = new Ports(time, threads, new SystemRandom());
        try (time;
                EmbeddedRuntime runtime =
                        new EmbeddedRuntime("worker", ports, new TcpTransport(threads), new Endpoint("127.0.0.1", 0))) {
            System.out.println("ready");
            Endpoint parent = Endpoint.parse(in.readLine());
            runtime.join(new EmbeddedRuntime.Invitation(parent, JoinToken.parse(in.readLine())));
            RuntimeAddress server = runtime.links().resolve(parent);
            try (RecoverableActiveObjects _ = new RecoverableActiveObjects(
                    runtime.recoverableBodies(),
                    new RecoverableObjects.Ports(
                            runtime.links().self(), runtime.remoteObjects(), () -> server, () -> "run", ports),
                    new RecoverableActiveObjects.Hosting(
                            node -> true, Optional.of(runtime.runtime().defaultNode()), () -> server),
                    SETTINGS)) {
                System.out.println(runtime.runtime().id());
                while (in.readLine() != null) {}
            }
        }
    }
}
