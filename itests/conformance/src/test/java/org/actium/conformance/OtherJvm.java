package org.actium.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.remote.api.JoinToken;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.testkit.EmbeddedRuntime;

/** A JVM with a runtime that joined the one of the test; ends with the test, or when its standard input ends. */
final class OtherJvm {

    private final Process process;
    private final RuntimeAddress address;

    private OtherJvm(Process process, RuntimeAddress address) {
        this.process = process;
        this.address = address;
    }

    static OtherJvm start(EmbeddedRuntime parent, Extra extra) throws IOException {
        return start(parent, extra, Protection.NONE);
    }

    /** @param protection that of the links of the parent */
    static OtherJvm start(EmbeddedRuntime parent, Extra extra, Protection protection) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-Dorg.slf4j."))
                .toList());
        command.addAll(List.of("-cp", classPath(), OtherJvm.class.getName(), extra.name(), protection.name()));
        Process process = new ProcessBuilder(command)
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
        return new OtherJvm(process, address);
    }

    /** Its next line. */
    private static String said(Process process) throws IOException {
        String line = process.inputReader().readLine();
        if (line == null) {
            throw new IOException("the other JVM ended with status " + exitStatus(process));
        }
        return line;
    }

    /** Surefire keeps the class path in a manifest, too long for a command line. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static int exitStatus(Process process) {
        return process.onExit().join().exitValue();
    }

    RuntimeAddress address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** Returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    public static void main(String[] arguments) throws IOException {
        SystemThreads threads = new SystemThreads();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (SystemTime time = new SystemTime(threads);
                EmbeddedRuntime runtime = Protection.valueOf(arguments[1])
                        .start("there", new Ports(time, threads, new SystemRandom()), Extra.valueOf(arguments[0]))) {
            runtime.runtime().createNode("first", Optional.empty());
            runtime.runtime().createNode("third", Optional.empty());
            System.out.println("ready");
            Endpoint parent = Endpoint.parse(in.readLine());
            runtime.join(new EmbeddedRuntime.Invitation(parent, JoinToken.parse(in.readLine())));
            System.out.println(runtime.runtime().id());
            while (in.readLine() != null) {}
        }
    }
}
