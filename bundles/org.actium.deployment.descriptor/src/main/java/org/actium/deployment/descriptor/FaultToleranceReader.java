package org.actium.deployment.descriptor;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.ElementShape;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/**
 * Reads {@code faultTolerance} of the fault-tolerance chapter; whether something provides it shows when it is
 * planned.
 */
final class FaultToleranceReader implements ElementReader {

    private static final Set<String> PROTOCOLS = Set.of("cic", "pml");
    private static final ElementShape SHAPE = ElementShape.EMPTY.containing(
            "protocol",
            "globalServer",
            "checkpointServer",
            "locationServer",
            "recoveryProcess",
            "resourceServer",
            "ttc");

    @Override
    public Set<String> elements() {
        return Set.of("faultTolerance");
    }

    @Override
    public Optional<DescriptorElement> read(XmlElement element, Problems problems) {
        SHAPE.check(element, problems);
        String protocol = null;
        int ttc = FaultTolerance.DEFAULT_TTC;
        var servers = new LinkedHashMap<String, String>();
        for (XmlElement child : element.children()) {
            switch (child.name()) {
                case "protocol" -> protocol = protocol(child, problems);
                case "ttc" -> {
                    if (ElementShape.EMPTY.requiring("value").check(child, problems)) {
                        OptionalInt seconds = child.integer("value", 1, problems);
                        ttc = seconds.orElse(ttc);
                    }
                }
                default -> {
                    if (SHAPE.children().contains(child.name())
                            && ElementShape.EMPTY.requiring("url").check(child, problems)
                            && servers.put(child.name(), child.attributes().get("url")) != null) {
                        problems.report(child.at(), "'" + child.name() + "' is given twice; keep one");
                    }
                }
            }
        }
        if (element.child("protocol").isEmpty()) {
            problems.report(element.at(), "'faultTolerance' needs <protocol type='cic'/> or <protocol type='pml'/>");
        }
        return protocol == null ? Optional.empty() : Optional.of(new FaultTolerance(protocol, servers, ttc));
    }

    private static String protocol(XmlElement child, Problems problems) {
        if (!ElementShape.EMPTY.requiring("type").check(child, problems)) {
            return null;
        }
        String type = child.attributes().get("type").strip();
        if (PROTOCOLS.contains(type)) {
            return type;
        }
        problems.report(
                child.at(), "'" + Spelling.shortened(type) + "' is no protocol of fault tolerance; use 'cic' or 'pml'");
        return null;
    }
}
