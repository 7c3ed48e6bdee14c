package org.actium.launcher.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;

/**
 * How a container that runs in the background was asked for; {@code start} hands it on to the process it starts.
 *
 * @param httpPort of the HTTP API; meaningless for a container that joins another, which has none
 * @param listen where other containers reach it, {@code host:port}, or {@value #NOWHERE}
 * @param advertise what others are told instead
 * @param join the runtime it joins, {@code host:port}
 * @param insecure whether nothing protects its links
 * @param pushJava whether hosts without Java get one
 * @param patience seconds after which its server of fault tolerance gives a silent runtime up
 */
record DaemonOptions(
        String name,
        int httpPort,
        Optional<String> listen,
        Optional<String> advertise,
        Optional<String> join,
        boolean insecure,
        boolean pushJava,
        Optional<Integer> patience) {

    static final String DEFAULT_NAME = "default";
    static final int DEFAULT_HTTP_PORT = 8642;

    static final String INSECURE = "--insecure-loopback";
    static final String PUSH_JAVA = "--push-java";
    static final String PATIENCE = "--ft-patience";

    /** Accepts no connections. */
    static final String NOWHERE = "none";

    private static final Pattern ADDRESS =
            Pattern.compile("(\\[[0-9A-Za-z:.%]+]|(?:[a-z0-9.-]+@)?[A-Za-z0-9_][A-Za-z0-9_.-]*):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65535;

    static Syntax addTo(Syntax syntax) {
        return syntax.option("--name", "<name>", "what the container is called; default '" + DEFAULT_NAME + "'")
                .option("--http-port", "<port>", "port of its HTTP API, 0 for any; default " + DEFAULT_HTTP_PORT)
                .option(
                        "--listen",
                        "<host:port>",
                        "where other containers reach it; port 0 takes any; 'none': through those it joins only; default"
                                + " 127.0.0.1:0")
                .option(
                        "--advertise",
                        "<host[:port]>",
                        "what others are told instead, where the host has several addresses or another one from outside;"
                                + " ssh@<host> for those who reach it by ssh")
                .option("--join", "<host:port>", "joins the container that listens there, and has no HTTP API")
                .flag(INSECURE, "links without TLS, of this host only: for experiments")
                .flag(PUSH_JAVA, "hosts without Java 25 on which it deploys get one, made from the JDK that runs it")
                .option(
                        PATIENCE,
                        "<seconds>",
                        "its server of fault tolerance gives a runtime up that is not heard of for so long; default 2");
    }

    static DaemonOptions of(Options options) {
        Optional<String> join = options.value("--join").map(text -> address("--join", text, 1));
        Optional<Integer> httpPort = options.port("--http-port");
        if (join.isPresent() && httpPort.isPresent()) {
            throw CommandFailure.usage(
                    "a container that joins another has no HTTP API: leave out --http-port or --join");
        }
        if (join.isPresent() && options.has(PATIENCE)) {
            throw CommandFailure.usage("a container that joins another is no server of fault tolerance: leave out "
                    + PATIENCE + " or --join");
        }
        return new DaemonOptions(
                options.value("--name").orElse(DEFAULT_NAME),
                httpPort.orElse(DEFAULT_HTTP_PORT),
                options.value("--listen").map(text -> text.equals(NOWHERE) ? text : address("--listen", text, 0)),
                options.value("--advertise").map(DaemonOptions::advertised),
                join,
                options.has(INSECURE),
                options.has(PUSH_JAVA),
                options.value(PATIENCE).map(DaemonOptions::seconds));
    }

    private static int seconds(String text) {
        if (!text.matches("0*[1-9][0-9]{0,4}")) {
            throw CommandFailure.usage(
                    "a server of fault tolerance waits for a number of seconds from 1 to 99999, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static String advertised(String text) {
        for (String each : text.split(",")) {
            String place = each.replaceFirst("^[a-z0-9.-]+@", "");
            address("--advertise", place.matches(".*:\\d+") ? place : place + ":0", 0);
        }
        return text;
    }

    private static String address(String option, String text, int lowestPort) {
        String address = text.startsWith("actium://") ? text.substring("actium://".length()) : text;
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw CommandFailure.usage("option " + option
                    + " wants host:port, such as 192.168.1.7:4711 or [::1]:4711, not '" + text + "'");
        }
        int port = Integer.parseInt(parts.group(2));
        if (port < lowestPort || port > HIGHEST_PORT) {
            throw CommandFailure.usage("option " + option + " wants a port from " + lowestPort + " to " + HIGHEST_PORT
                    + ", not " + port + " as in '" + text + "'");
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
        advertise.ifPresent(addresses -> arguments.addAll(List.of("--advertise", addresses)));
        join.ifPresent(address -> arguments.addAll(List.of("--join", address)));
        if (insecure) {
            arguments.add(INSECURE);
        }
        if (pushJava) {
            arguments.add(PUSH_JAVA);
        }
        patience.ifPresent(seconds -> arguments.addAll(List.of(PATIENCE, Integer.toString(seconds))));
        return arguments;
    }
}
