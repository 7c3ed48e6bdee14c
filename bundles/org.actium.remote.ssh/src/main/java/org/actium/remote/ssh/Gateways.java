package org.actium.remote.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.actium.runtime.api.Endpoint;

/** Which ssh servers lead to which hosts, as {@code <pattern>=<server>}, where {@code *} in a pattern stands for anything. */
record Gateways(List<Gateway> all) {

    private record Gateway(Pattern hosts, String server) {}

    Gateways {
        all = List.copyOf(all);
    }

    /** @throws IllegalArgumentException saying which part of the text is wrong */
    static Gateways parse(String text) {
        List<Gateway> gateways = new ArrayList<>();
        for (String part : text.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            String[] sides = part.strip().split("=", -1);
            if (sides.length != 2 || sides[0].isEmpty() || sides[1].isEmpty()) {
                throw new IllegalArgumentException(SshTransport.GATEWAYS + ": '" + part.strip()
                        + "' is not <pattern>=<server>, such as 10.1.*=ann@login.example.org");
            }
            String pattern = Pattern.quote(sides[0]).replace("*", "\\E.*\\Q");
            gateways.add(new Gateway(Pattern.compile(pattern), sides[1]));
        }
        return new Gateways(gateways);
    }

    /** The ways to an endpoint of tcp, in the order in which the gateways were given. */
    List<Endpoint> to(Endpoint endpoint) {
        return endpoint.transport().equals(Endpoint.TCP)
                ? all.stream()
                        .filter(gateway ->
                                gateway.hosts.matcher(endpoint.host()).matches())
                        .map(gateway -> new Way(gateway.server, endpoint.host(), endpoint.port()).endpoint())
                        .toList()
                : List.of();
    }
}
