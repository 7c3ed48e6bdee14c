package org.actium.ft.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a descriptor asks of fault tolerance.
 *
 * @param ttc from one checkpoint to the next
 * @param servers that it names, in order
 */
record FaultToleranceArguments(Duration ttc, Map<String, String> servers) {

    /** What services are that make objects recoverable; a node has one of them. */
    static final String NAME = "fault-tolerance";

    private static final String TTC = "ttc";
    private static final String PROTOCOL = "protocol";
    private static final List<String> SERVERS =
            List.of("globalServer", "checkpointServer", "locationServer", "recoveryProcess", "resourceServer");

    /** @throws IllegalArgumentException if there is anything that is not offered: nothing is to be unprotected unnoticed */
    static FaultToleranceArguments of(Map<String, String> given) {
        String protocol = given.getOrDefault(PROTOCOL, "cic");
        if (!protocol.equals("pml")) {
            throw new IllegalArgumentException(
                    "argument 'protocol' is '" + protocol + "'; there is only 'pml' so far, message logging");
        }
        Set<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(List.of(PROTOCOL, TTC));
        unknown.removeAll(SERVERS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown arguments " + unknown + "; there are " + PROTOCOL + ", " + TTC);
        }
        Map<String, String> servers = new TreeMap<>(given);
        servers.keySet().retainAll(SERVERS);
        return new FaultToleranceArguments(Duration.ofSeconds(seconds(given.getOrDefault(TTC, "30"))), servers);
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
