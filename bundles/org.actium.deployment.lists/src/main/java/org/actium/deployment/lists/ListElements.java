package org.actium.deployment.lists;

import java.util.Optional;
import java.util.Set;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.shell.api.HostStep;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.XmlElement;
import org.osgi.service.component.annotations.Component;

/** Reads lists of hosts and gateways. Their class says which shell leads there: without one, ssh. */
@Component
public final class ListElements implements ElementReader {

    @Override
    public Set<String> elements() {
        return Set.of("processList", "processListbyHost", "hierarchicalProcess");
    }

    @Override
    public Optional<DescriptorElement> read(XmlElement element, Problems problems) {
        return HostStep.read(element, "org.actium.deployment." + shell(element), problems);
    }

    /** Last names are {@code SSHProcessList}, {@code RSHHierarchicalProcess} and the like; the packages vary. */
    private static String shell(XmlElement element) {
        String type = element.attribute("class").orElse("");
        String name = type.substring(type.lastIndexOf('.') + 1);
        if (name.startsWith("RSH")) {
            return "rsh";
        }
        return name.startsWith("RLogin") ? "rlogin" : "ssh";
    }
}
