package org.actium.itests.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.rules.ExternalResource;

/**
 * One container in the background for the tests of a class: starting one takes longer than most of what they do with it. It is
 * started when a test wants it, and again after a test has killed it.
 */
public final class SharedContainer extends ExternalResource {

    /** The machines of a test bed share the processors of this one: eight cold JVMs take their time. */
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final Cli cli;
    private final List<String> options;
    private boolean running;
    private long pid;

    /**
     * @param home directory of the distribution
     * @param options of {@code actium start}
     */
    public SharedContainer(Path home, String... options) {
        this.cli = new Cli(Containers.privateDirectory(), LIMIT, home);
        this.options = List.of(options);
    }

    /** Commands for it. */
    public Cli cli() {
        return cli;
    }

    /** Unless it runs. */
    public void start() {
        if (running) {
            return;
        }
        var command = new ArrayList<>(List.of("start"));
        command.addAll(options);
        Cli.Result started = cli.run(command.toArray(String[]::new));
        assertThat(started.exitCode()).as(started.out() + started.err()).isZero();
        Matcher process = Pattern.compile("pid (\\d+)").matcher(started.out());
        assertThat(process.find()).as("a pid in: " + started.out()).isTrue();
        pid = Long.parseLong(process.group(1));
        running = true;
    }

    /** As a power cut of this machine would end it. */
    public void kill() {
        running = false;
        Processes.kill(pid);
        Processes.awaitNone(List.of(pid));
    }

    /** At which its HTTP API listens now; if that was left to the system, another one after each start. */
    public int httpPort() {
        try {
            return Integer.parseInt(
                    Files.readString(cli.state().resolve("default").resolve("rest.port"))
                            .strip());
        } catch (IOException notRunning) {
            throw new UncheckedIOException(notRunning);
        }
    }

    /** Of the one that was started last. */
    public long pid() {
        return pid;
    }

    /** Takes back what a test that failed has left. */
    public void undeployAll() {
        if (running) {
            Pattern.compile("(?m)^(d\\d+) ")
                    .matcher(cli.run("deployments").out())
                    .results()
                    .forEach(deployment -> cli.run("undeploy", deployment.group(1)));
        }
    }

    @Override
    protected void after() {
        if (running) {
            cli.run("stop");
        }
    }
}
