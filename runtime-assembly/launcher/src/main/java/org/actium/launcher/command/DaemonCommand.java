package org.actium.launcher.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.container.Container;
import org.actium.launcher.container.Containers;
import org.actium.launcher.container.Logging;
import org.actium.launcher.state.DaemonRecord;
import org.actium.launcher.state.Instance;
import org.actium.launcher.state.StateRoot;

/**
 * A container in the background: what {@link StartCommand} starts. It reads a join token from standard input if it is
 * to join. To standard output it writes {@link #READY} when it is ready, or why it does not start; its log goes to
 * standard error.
 */
public final class DaemonCommand implements Command {

    static final String READY = "ready";

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    /** A container that has not joined in time, 60 s by default, stops by itself; its log says more. */
    static final Duration JOIN_LIMIT = Duration.ofMinutes(10);

    private final Containers containers;
    private final StateRoot states;
    private final Terminal terminal;
    private final Map<String, String> environment;

    public DaemonCommand(Containers containers, StateRoot states, Terminal terminal, Map<String, String> environment) {
        this.containers = containers;
        this.states = states;
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Syntax syntax() {
        return DaemonOptions.addTo(Syntax.of("daemon", "Runs a container in the background"))
                .hidden();
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        DaemonOptions wanted = DaemonOptions.of(options);
        Instance instance = states.instance(wanted.name());
        instance.create();
        try (FileChannel lock = instance.lock().orElseThrow(() -> AlreadyRunning.failure(instance))) {
            Logging.configure("info", true, environment);
            Logging.bridgeJavaLogging();
            refuseTakenPorts(wanted);
            instance.retract();
            run(wanted, instance);
            return lock.isOpen() ? ExitCode.OK : ExitCode.FAILED;
        } catch (CommandFailure failure) {
            terminal.out().println(failure.getMessage()); // to whoever starts it, who reads this to the end
            return failure.exitCode();
        }
    }

    private void run(DaemonOptions wanted, Instance instance) throws IOException, InterruptedException {
        try (Container container = containers.start(wanted.assembly(), properties(wanted, instance), token(wanted))) {
            container.afterStop(() -> retract(instance));
            container.awaitComponents(START_LIMIT);
            if (wanted.join().isPresent() && !container.awaitEvent("joined", JOIN_LIMIT)) {
                throw CommandFailure.environment(
                        "has not joined " + wanted.join().get());
            }
            instance.publish(DaemonRecord.ofThisProcess(
                    wanted.name(), wanted.assembly(), http(wanted, instance), wanted.join()));
            terminal.out().println(READY);
            container.awaitStop();
        }
    }

    private Optional<String> token(DaemonOptions wanted) throws IOException {
        if (wanted.join().isEmpty()) {
            return Optional.empty();
        }
        var in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
        return Optional.ofNullable(in.readLine());
    }

    private static Map<String, String> properties(DaemonOptions wanted, Instance instance) {
        var properties = new HashMap<String, String>();
        properties.put("actium.state", instance.directory().toString());
        properties.put("actium.runtime.name", wanted.name());
        wanted.listen().ifPresent(address -> properties.put("actium.listen", address));
        wanted.advertise().ifPresent(addresses -> properties.put("actium.advertise", addresses));
        wanted.join().ifPresent(address -> {
            properties.put("actium.parent", address);
            properties.put("actium.parent.keep", "true");
        });
        if (wanted.insecure()) {
            properties.put("actium.insecure.loopback", "true");
        }
        if (wanted.pushJava()) {
            properties.put("actium.push.java", "true");
        }
        wanted.patience()
                .ifPresent(seconds -> properties.put(
                        "actium.ft.patience",
                        Long.toString(Duration.ofSeconds(seconds).toMillis())));
        if (wanted.join().isEmpty()) {
            properties.put("actium.domain.directory", instance.domain().toString());
            String port = Integer.toString(wanted.httpPort());
            properties.put("actium.http.port", port);
            properties.put("org.osgi.service.http.port", port);
        }
        return properties;
    }

    private static Optional<String> http(DaemonOptions wanted, Instance instance)
            throws IOException, InterruptedException {
        if (wanted.join().isPresent()) {
            return Optional.empty();
        }
        Path portFile = instance.restPort();
        if (!FileArrival.await(portFile, START_LIMIT) || !FileArrival.await(instance.restToken(), START_LIMIT)) {
            throw CommandFailure.environment("the HTTP API did not start within " + START_LIMIT.toSeconds()
                    + " s; the log says more: " + instance.log());
        }
        return Optional.of("http://127.0.0.1:" + Files.readString(portFile).strip());
    }

    /** Asks before anything is started: a server that cannot bind its port only writes that to its log. */
    private static void refuseTakenPorts(DaemonOptions wanted) throws IOException {
        if (wanted.join().isEmpty()) {
            refuseTakenPort(new InetSocketAddress("127.0.0.1", wanted.httpPort()), "--http-port");
        }
        if (wanted.listen()
                .filter(address -> !address.equals(DaemonOptions.NOWHERE))
                .isPresent()) {
            String address = wanted.listen().get();
            int colon = address.lastIndexOf(':');
            InetSocketAddress socket =
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
            if (socket.isUnresolved()) {
                throw CommandFailure.usage("option --listen: host '" + socket.getHostString() + "' is unknown");
            }
            if (wanted.insecure() && !socket.getAddress().isLoopbackAddress()) {
                throw CommandFailure.usage("option --listen: with " + DaemonOptions.INSECURE + " it can be a loopback "
                        + "address only, such as 127.0.0.1:" + socket.getPort() + ", not '" + address + "'");
            }
            refuseTakenPort(socket, "--listen");
        }
    }

    private static void refuseTakenPort(InetSocketAddress address, String option) {
        try (var probe = new ServerSocket()) {
            probe.bind(address);
        } catch (IOException taken) {
            throw new CommandFailure(
                    ExitCode.ENVIRONMENT,
                    "cannot listen at " + address.getHostString() + ":" + address.getPort() + ": " + taken.getMessage()
                            + "; stop what uses it, or choose another with " + option,
                    taken);
        }
    }

    private static void retract(Instance instance) {
        try {
            instance.retract();
        } catch (IOException busy) {
            throw new UncheckedIOException(busy);
        }
    }
}
