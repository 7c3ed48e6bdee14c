package org.actium.launcher.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;

/**
 * How a container that runs in the background was asked for; {@code start} hands it on to the process it starts.
 *
 * @param httpPort of the HTTP API; meaningless for a container that joins another, which has none
 * @param listen where other containers reach it, {@code host:port}
 * @param join the runtime it joins, {@code host:port}
 */
record DaemonOptions(String name, int httpPort, Optional<String> listen, Optional<String> join) {

    static final String DEFAULT_NAME = "default";
    static final int DEFAULT_HTTP_PORT = 8642;

    private static final String ADDRESS = "\\[?[^\\s\\]]+]?:\\d{1,5}";

    static Syntax addTo(Syntax syntax) {
        return syntax.option("--name", "<name>", "what the container is called; default '" + DEFAULT_NAME + "'")
                .option("--http-port", "<port>", "port of its HTTP API, 0 for any; default " + DEFAULT_HTTP_PORT)
                .option("--listen", "<host:port>", "where other containers reach it; default 127.0.0.1, any port")
                .option("--join", "<host:port>", "joins the container that listens there, and has no HTTP API");
    }

    static DaemonOptions of(Options options) {
        Optional<String> join = options.value("--join").map(DaemonOptions::address);
        Optional<Integer> httpPort = options.port("--http-port");
        if (join.isPresent() && httpPort.isPresent()) {
            throw CommandFailure.usage(
                    "a container that joins another has no HTTP API: leave out --http-port or --join");
        }
        return new DaemonOptions(
                options.value("--name").orElse(DEFAULT_NAME),
                httpPort.orElse(DEFAULT_HTTP_PORT),
                options.value("--listen").map(DaemonOptions::address),
                join);
    }

    private static String address(String text) {
        String address = text.startsWith("actium://") ? text.substring("actium://".length()) : text;
        if (!address.matches(ADDRESS)) {
            throw CommandFailure.usage("'" + text + "' is not host:port");
        }
        return address;
    }

    /** {@code node} for a container that joins another. */
    String assembly() {
        return join.isPresent() ? "node" : "admin";
    }

    /** The form that {@link #of} reads. */
    List<String> arguments() {
        var arguments = new ArrayList<>(List.of("--name", name));
        if (join.isEmpty()) {
            arguments.addAll(List.of("--http-port", Integer.toString(httpPort)));
        }
        listen.ifPresent(address -> arguments.addAll(List.of("--listen", address)));
        join.ifPresent(address -> arguments.addAll(List.of("--join", address)));
        return arguments;
    }
}
