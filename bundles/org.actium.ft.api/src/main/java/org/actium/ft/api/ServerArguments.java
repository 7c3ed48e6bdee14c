package org.actium.ft.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The arguments of a technical service for fault tolerance that name a server: one for each of its tasks, and for all. */
public final class ServerArguments {

    /** The server for all tasks, which counts if others are named, too. */
    public static final String GLOBAL = "globalServer";

    /** All of them, the global one first. */
    public static final List<String> NAMES =
            List.of(GLOBAL, "checkpointServer", "locationServer", "recoveryProcess", "resourceServer");

    private ServerArguments() {}

    /** Those of the arguments that name a server, with their URLs. */
    public static Map<String, String> among(Map<String, String> arguments) {
        Map<String, String> named = new TreeMap<>(arguments);
        named.keySet().retainAll(NAMES);
        return named;
    }
}
