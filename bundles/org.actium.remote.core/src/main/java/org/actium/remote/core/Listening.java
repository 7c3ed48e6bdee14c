package org.actium.remote.core;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.actium.runtime.api.Endpoint;
import org.osgi.framework.BundleContext;

/**
 * Where a runtime accepts connections, and what it tells others about that.
 *
 * @param wanted where to listen on transports that are named there; on others it is any port of loopback
 * @param advertised what others are told instead of what the transports say; port 0 stands for that of tcp; empty for what the
 *     transports say
 * @param outgoingOnly whether it accepts no connections, so that others reach it only through those whom it has dialled
 */
record Listening(List<Endpoint> wanted, List<Endpoint> advertised, boolean outgoingOnly) {

    static final String LISTEN = "actium.listen";
    static final String ADVERTISE = "actium.advertise";

    private static final String NOWHERE = "none";

    Listening {
        wanted = List.copyOf(wanted);
        advertised = List.copyOf(advertised);
    }

    static Listening at(Endpoint endpoint) {
        return new Listening(List.of(endpoint), List.of(), false);
    }

    /** Accepts no connections. */
    static Listening nowhere() {
        return new Listening(List.of(), List.of(), true);
    }

    static Listening of(BundleContext bundle) {
        String listen = Objects.requireNonNullElse(bundle.getProperty(LISTEN), "");
        List<Endpoint> advertised =
                endpoints(ADVERTISE, Objects.requireNonNullElse(bundle.getProperty(ADVERTISE), ""), ":0");
        return listen.equals(NOWHERE)
                ? new Listening(List.of(), advertised, true)
                : new Listening(endpoints(LISTEN, listen, ""), advertised, false);
    }

    private static List<Endpoint> endpoints(String property, String text, String port) {
        try {
            return Stream.of(text.split(","))
                    .filter(part -> !part.isBlank())
                    .map(part -> Endpoint.parse(part.matches(".*:\\d+") ? part : part + port))
                    .toList();
        } catch (IllegalArgumentException misspelt) {
            throw new IllegalArgumentException(property + ": " + misspelt.getMessage(), misspelt);
        }
    }

    /** What others are told when the transports listen there. */
    List<Endpoint> told(List<Endpoint> listening) {
        int port = listening.stream()
                .filter(endpoint -> endpoint.transport().equals(Endpoint.TCP))
                .mapToInt(Endpoint::port)
                .findFirst()
                .orElse(0);
        return advertised.isEmpty() || listening.isEmpty()
                ? listening
                : advertised.stream()
                        .map(each -> each.port() == 0 ? new Endpoint(each.transport(), each.host(), port) : each)
                        .toList();
    }
}
