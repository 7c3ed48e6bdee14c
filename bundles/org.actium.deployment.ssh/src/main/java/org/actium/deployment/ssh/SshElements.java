package org.actium.deployment.ssh;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.Launch;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.XmlElement;
import org.osgi.service.component.annotations.Component;

/**
 * Reads the elements that stand for ssh. Names of hosts, users and variables are checked here; all other values may hold
 * anything, since they are quoted where they are used.
 */
@Component
public final class SshElements implements ElementReader {

    @Override
    public Set<String> elements() {
        return SshStep.ELEMENTS;
    }

    @Override
    public Optional<DescriptorElement> read(XmlElement element, Problems problems) {
        String bundle = bundle(element);
        try {
            var step = new SshStep(launch(element, OptionalInt.empty(), bundle));
            step.environment();
            return Optional.of(launch(element, OptionalInt.of(step.hops().size()), bundle));
        } catch (IllegalArgumentException wrong) {
            problems.report(element.at(), "'" + element.name() + "': " + wrong.getMessage());
            return Optional.empty();
        }
    }

    private static Launch launch(XmlElement element, OptionalInt hosts, String bundle) {
        return new Launch(element.name(), element.settings("id"), List.of(), hosts, Optional.of(bundle), element.at());
    }

    /** Lists of hosts and gateways are for several shells; their class says for which. */
    private static String bundle(XmlElement element) {
        String type = element.attribute("class").orElse("");
        if (type.contains("RSH")) {
            return "org.actium.deployment.rsh";
        }
        return type.contains("RLogin") ? "org.actium.deployment.rlogin" : SshStep.BUNDLE;
    }
}
