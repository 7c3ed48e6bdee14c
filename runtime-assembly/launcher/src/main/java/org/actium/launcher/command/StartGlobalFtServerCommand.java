package org.actium.launcher.command;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.cli.Terminal;
import org.actium.launcher.state.StateRoot;

/** {@code actium startGlobalFTServer}: {@code start}, in the words that ProActive had for a server of fault tolerance. */
public final class StartGlobalFtServerCommand implements Command {

    private static final String DEFAULT_NAME = "FTServer";
    private static final int DEFAULT_PORT = 1100;
    private static final String DEFAULT_PERIOD = "2";
    private static final String HERE = "127.0.0.1";

    private final StartCommand start;
    private final StateRoot states;
    private final Terminal terminal;

    public StartGlobalFtServerCommand(StartCommand start, StateRoot states, Terminal terminal) {
        this.start = start;
        this.states = states;
        this.terminal = terminal;
    }

    @Override
    public Syntax syntax() {
        return Syntax.of(
                        "startGlobalFTServer",
                        "Starts a container in the background that is a server of fault tolerance")
                .option("-proto", "<protocol>", "pml, message logging, which is all there is so far")
                .option("-name", "<name>", "what it is called; default " + DEFAULT_NAME)
                .option("-port", "<port>", "where it is reached, on this host; default " + DEFAULT_PORT)
                .option(
                        "-fdperiod",
                        "<seconds>",
                        "a runtime that is not heard of for so long is given up; default " + DEFAULT_PERIOD)
                .option("-p2p", "<url>", "refused: there is no peer-to-peer network yet to take nodes from")
                .option("--listen", "<host:port>", "instead of -port, where other hosts reach it too");
    }

    @Override
    public int run(Options options) throws IOException, InterruptedException {
        String protocol = options.value("-proto").orElse("pml");
        if (!protocol.equals("pml")) {
            throw CommandFailure.usage("option -proto wants pml, which is all there is so far, not '" + protocol + "'");
        }
        if (options.value("-p2p").isPresent()) {
            throw CommandFailure.usage("option -p2p: there is no peer-to-peer network yet to take nodes from;"
                    + " what is lost goes to the nodes of the application");
        }
        if (options.has("-port") && options.has("--listen")) {
            throw CommandFailure.usage("-port and --listen are the same; leave out one of them");
        }
        String address = options.value("--listen")
                .orElse(HERE + ":" + options.port("-port").orElse(DEFAULT_PORT));
        String name = options.value("-name").orElse(DEFAULT_NAME);
        int exitCode = start.run(Options.parse(
                start.syntax(),
                List.of(
                        "--name",
                        name,
                        "--http-port",
                        "0",
                        "--listen",
                        address,
                        DaemonOptions.PATIENCE,
                        options.value("-fdperiod").orElse(DEFAULT_PERIOD))));
        if (exitCode == ExitCode.OK) {
            ContainerStatus.of(states.instance(name))
                    .ifPresent(server -> terminal.out().println(howItIsNamed(server)));
        }
        return exitCode;
    }

    static String howItIsNamed(ContainerStatus server) {
        String urls = server.endpoints().stream()
                .map(endpoint -> "rmi://" + endpoint + "/" + server.name())
                .collect(Collectors.joining(" or "));
        return "descriptors name it "
                + (urls.isEmpty()
                        ? "rmi://<host:port>/" + server.name() + ", where its log says that it listens"
                        : urls)
                + "; who asks it joins it, with a token of 'actium token --guest --name " + server.name() + "'";
    }
}
