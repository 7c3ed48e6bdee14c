package org.actium.torture;

import java.util.List;
import java.util.regex.Pattern;

/** What the server of fault tolerance shows of runtimes and objects. */
record Status(List<Worker> workers, List<String> objectStates) {

    private static final Pattern RUNTIME = Pattern.compile(
            "\"runtime\":\"([^\"]*)\",\"alive\":(true|false),\"takes\":(true|false),\"silentMillis\":\\d+,\"objects\":(\\d+)");
    private static final Pattern STATE = Pattern.compile("\"state\":\"(\\w+)\"");

    /** @param runtime its name, {@code d3-w2} */
    record Worker(String runtime, boolean alive, boolean takes, int objects) {

        /** The name of its JVM in the descriptor. */
        String name() {
            return runtime.replaceFirst("^d\\d+-", "");
        }
    }

    /** @param json of {@code GET /api/fault-tolerance} */
    static Status of(String json) {
        return new Status(
                RUNTIME.matcher(json)
                        .results()
                        .map(found -> new Worker(
                                found.group(1),
                                Boolean.parseBoolean(found.group(2)),
                                Boolean.parseBoolean(found.group(3)),
                                Integer.parseInt(found.group(4))))
                        .toList(),
                STATE.matcher(json).results().map(found -> found.group(1)).toList());
    }

    /** Those that take objects. */
    List<Worker> ready() {
        return workers.stream()
                .filter(worker -> worker.alive() && worker.takes())
                .toList();
    }

    boolean allObjectsAreThere() {
        return objectStates.stream().allMatch("there"::equals);
    }
}
