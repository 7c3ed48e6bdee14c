package org.actium.ft.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.actium.ft.api.ServerArguments;

/**
 * What a descriptor asks of fault tolerance.
 *
 * @param ttc from one checkpoint to the next
 * @param server URL of the one it names; empty for that of the container that deploys
 */
record FaultToleranceArguments(Duration ttc, Optional<String> server) {

    /** What services are that make objects recoverable; a node has one of them. */
    static final String NAME = "fault-tolerance";

    private static final String TTC = "ttc";
    private static final String PROTOCOL = "protocol";
    private static final List<String> KNOWN = Stream.concat(Stream.of(PROTOCOL, TTC), ServerArguments.NAMES.stream())
            .toList();

    /** @throws IllegalArgumentException if there is anything that is not offered: nothing is to be unprotected unnoticed */
    static FaultToleranceArguments of(Map<String, String> given) {
        String protocol = given.getOrDefault(PROTOCOL, "cic");
        if (!protocol.equals("pml")) {
            throw new IllegalArgumentException(
                    "argument 'protocol' is '" + protocol + "'; there is only 'pml' so far, message logging");
        }
        Set<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown arguments " + unknown + "; there are " + String.join(", ", KNOWN));
        }
        return new FaultToleranceArguments(Duration.ofSeconds(seconds(given.getOrDefault(TTC, "30"))), server(given));
    }

    /** The global one counts, as ever; without it the others have to be one, since one server is all of them here. */
    private static Optional<String> server(Map<String, String> given) {
        if (given.containsKey(ServerArguments.GLOBAL)) {
            return Optional.of(given.get(ServerArguments.GLOBAL));
        }
        Map<String, String> others = ServerArguments.among(given);
        Set<String> urls = new TreeSet<>(others.values());
        if (urls.size() > 1) {
            throw new IllegalArgumentException(others + " are different servers, and there is one for all that they do;"
                    + " name it as '" + ServerArguments.GLOBAL + "', or with the same URL each time");
        }
        return urls.stream().findFirst();
    }

    static FaultToleranceArguments ofMessageLogging(Map<String, String> given) {
        Map<String, String> all = new TreeMap<>(given);
        all.putIfAbsent(PROTOCOL, "pml");
        return of(all);
    }

    private static long seconds(String text) {
        if (!text.matches("0*[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "argument 'ttc' is '" + text + "', which is not a number of seconds from 1");
        }
        return Long.parseLong(text);
    }
}
