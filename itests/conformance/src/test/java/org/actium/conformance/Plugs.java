package org.actium.conformance;

import java.util.Map;
import org.actium.remote.spi.Transport;
import org.actium.testkit.EmbeddedRuntime;

/** The transports of a runtime, by name: {@code tcp}, with which it began, and {@value #SECOND}. */
interface Plugs {

    String NAME = "plugs";
    String SECOND = "second";

    /** Returns where the runtime listens then. */
    String add(String transport);

    void remove(String transport);

    static Plugs of(EmbeddedRuntime runtime, Transport first) {
        Map<String, Transport> transports = Map.of(first.name(), first, SECOND, new SecondTransport(SECOND, first));
        return new Plugs() {
            @Override
            public String add(String transport) {
                runtime.addTransport(transports.get(transport));
                return runtime.links().self().endpoints().stream()
                        .filter(endpoint -> endpoint.transport().equals(transport))
                        .findAny()
                        .orElseThrow()
                        .toString();
            }

            @Override
            public void remove(String transport) {
                runtime.removeTransport(transports.get(transport));
            }
        };
    }
}
