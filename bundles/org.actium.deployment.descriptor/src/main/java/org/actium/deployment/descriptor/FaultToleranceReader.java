package org.actium.deployment.descriptor;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.XmlElement;

/**
 * Reads {@code faultTolerance} of the fault-tolerance chapter; whether something provides it shows when it is
 * planned.
 */
final class FaultToleranceReader implements ElementReader {

    private static final Set<String> PROTOCOLS = Set.of("cic", "pml");
    private static final Set<String> SERVERS =
            Set.of("globalServer", "checkpointServer", "locationServer", "recoveryProcess", "resourceServer");

    @Override
    public Set<String> elements() {
        return Set.of("faultTolerance");
    }

    @Override
    public Optional<DescriptorElement> read(XmlElement element, Problems problems) {
        String protocol = null;
        int ttc = FaultTolerance.DEFAULT_TTC;
        var servers = new LinkedHashMap<String, String>();
        for (XmlElement child : element.children()) {
            switch (child.name()) {
                case "protocol" -> protocol = protocol(child);
                case "ttc" -> {
                    OptionalInt seconds = child.integer("value", 1, problems);
                    ttc = seconds.orElse(ttc);
                }
                default -> {
                    if (SERVERS.contains(child.name())
                            && child.attributes().containsKey("url")
                            && servers.put(child.name(), child.attributes().get("url")) != null) {
                        problems.report(child.at(), "'" + child.name() + "' is given twice; keep one");
                    }
                }
            }
        }
        if (element.child("protocol").isEmpty()) {
            protocol = FaultTolerance.DEFAULT_PROTOCOL;
        }
        return protocol == null ? Optional.empty() : Optional.of(new FaultTolerance(protocol, servers, ttc));
    }

    private static String protocol(XmlElement child) {
        return child.attribute("type")
                .map(String::strip)
                .filter(PROTOCOLS::contains)
                .orElse(null);
    }
}
