package org.actium.itests.recovery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.actium.deployment.core.LocalAgent;
import org.actium.deployment.core.ParentLease;
import org.actium.ft.core.ChosenServer;
import org.actium.ft.core.RecoverableActiveObjects;
import org.actium.ft.core.RecoverableObjects;
import org.actium.remote.api.JoinToken;
import org.actium.remote.tcp.TcpTransport;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.service.api.TechnicalServices;
import org.actium.testkit.EmbeddedRuntime;

/**
 * A JVM as a deployment starts it: it joins the one that deploys, and ends with the holder of its lease; or, without such,
 * the one that deploys itself, which invites others and names the server to them.
 */
final class LaunchedJvm implements AutoCloseable {

    static final Duration LEASE = Duration.ofSeconds(3);

    private static final Duration JOINING = Duration.ofSeconds(60);

    private final Process process;
    private final PrintStream told;
    private final String said;

    private LaunchedJvm(Process process, PrintStream told, String said) {
        this.process = process;
        this.told = told;
        this.said = said;
    }

    /** @param server of fault tolerance, whose domain it joins */
    static LaunchedJvm deployer(EmbeddedRuntime server) throws IOException {
        return start(
                server.invite(), "deployer", server.links().self().endpoints().getFirst());
    }

    /** One that this one deploys. @param holder of its lease, and server of fault tolerance */
    LaunchedJvm launch(Endpoint holder) throws IOException {
        told.println("invite");
        Endpoint endpoint = Endpoint.parse(said);
        return start(new EmbeddedRuntime.Invitation(endpoint, JoinToken.parse(line(process))), "launched", holder);
    }

    private static LaunchedJvm start(EmbeddedRuntime.Invitation invitation, String role, Endpoint server)
            throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LaunchedJvm.class.getName(),
                        role,
                        invitation.endpoint().toString(),
                        server.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        PrintStream told = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        told.println(invitation.token().text());
        return new LaunchedJvm(process, told, line(process));
    }

    private static String line(Process process) throws IOException {
        String line = process.inputReader().readLine();
        if (line == null) {
            throw new IOException(
                    "the JVM ended with status " + process.onExit().join().exitValue());
        }
        return line;
    }

    /** Of the runtime. */
    String id() {
        return said;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws Exception {
        SystemThreads threads = new SystemThreads();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        SystemTime time = new SystemTime(threads);
        Ports ports = new Ports(time, threads, new SystemRandom());
        Endpoint parent = Endpoint.parse(arguments[1]);
        Endpoint server = Endpoint.parse(arguments[2]);
        EmbeddedRuntime runtime =
                new EmbeddedRuntime(arguments[0], ports, new TcpTransport(threads), new Endpoint("127.0.0.1", 0));
        String token = in.readLine();
        if (arguments[0].equals("deployer")) {
            runtime.join(new EmbeddedRuntime.Invitation(parent, JoinToken.parse(token)));
            var choice = new ChosenServer(Optional.empty(), runtime.links(), runtime.remoteObjects(), elsewhere -> {});
            choice.server(Optional.of("rmi://" + server + "/"));
            System.out.println(runtime.links().self().endpoints().getFirst());
            while (in.readLine() != null) {
                System.out.println(runtime.invite().token().text());
            }
            return;
        }
        LocalAgent agent = new LocalAgent(
                runtime.runtime(),
                runtime.nodeHandles(),
                runtime.remoteObjects(),
                none(),
                runtime.objects(),
                LaunchedJvm::end);
        new ParentLease(
                        new ParentLease.Terms(
                                parent.toString(), () -> token, LEASE, JOINING, false, Optional.of(server.toString())),
                        runtime.links(),
                        runtime.remoteObjects(),
                        agent,
                        LaunchedJvm::end,
                        time,
                        threads)
                .start();
        while (runtime.links().all().size() < 2) { // to the one that deploys, and to the holder
            Thread.sleep(20);
        }
        var choice = new ChosenServer(
                Optional.of(parent.toString()), runtime.links(), runtime.remoteObjects(), elsewhere -> {});
        choice.server(Optional.of("rmi://" + server + "/"));
        new RecoverableActiveObjects(
                runtime.recoverableBodies(),
                new RecoverableObjects.Ports(
                        runtime.links().self(), runtime.remoteObjects(), choice, choice::run, ports),
                new RecoverableActiveObjects.Hosting(
                        node -> true, Optional.of(runtime.runtime().defaultNode()), choice::parent),
                WorkerJvm.SETTINGS);
        System.out.println(runtime.runtime().id());
        Thread.currentThread().join(); // until its lease ends it, or a signal
    }

    private static void end() {
        Runtime.getRuntime().halt(0);
    }

    /** None is asked for. */
    private static TechnicalServices none() {
        return (TechnicalServices) Proxy.newProxyInstance(
                LaunchedJvm.class.getClassLoader(),
                new Class<?>[] {TechnicalServices.class},
                (proxy, method, given) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
