package org.actium.benchmarks.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM for the other side; ends when it is closed, or this one ends. */
final class FarJvm implements AutoCloseable {

    /** What all JVMs that measure are started with. */
    static final List<String> OPTIONS = List.of(
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseParallelGC",
            "-Xmx2g",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    private static final int SECONDS_TO_END = 10;

    private final Process process;
    private final BufferedReader said;
    private final PrintStream told;

    private FarJvm(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
        this.told = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    static FarJvm start(Secrets secrets, Stack stack, boolean tls) throws IOException {
        return start(secrets, Far.class, stack.name(), String.valueOf(tls));
    }

    static FarJvm start(Secrets secrets, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(OPTIONS);
        command.addAll(secrets.options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new FarJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next line it prints. */
    String read() throws IOException {
        String line = said.readLine();
        if (line == null) {
            throw new IOException("the far JVM ended");
        }
        return line;
    }

    void write(String line) {
        told.println(line);
    }

    /** Returns when it has ended by itself. */
    void awaitEnd() throws InterruptedException, IOException {
        if (process.waitFor() != 0) {
            throw new IOException("the JVM ended with status " + process.exitValue());
        }
    }

    @Override
    public void close() {
        told.close();
        process.onExit()
                .completeOnTimeout(process, SECONDS_TO_END, TimeUnit.SECONDS)
                .join()
                .destroyForcibly();
    }

    /** Of the far side: what the near side writes. */
    static BufferedReader told() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
}
