package org.actium.deployment.rsh;

import java.util.Optional;
import java.util.Set;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.shell.api.HostStep;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.XmlElement;
import org.osgi.service.component.annotations.Component;

/** Reads the elements that stand for rsh alone. */
@Component
public final class RshElements implements ElementReader {

    @Override
    public Set<String> elements() {
        return Set.of("rshProcess", "rshGroup", "rshBridge");
    }

    @Override
    public Optional<DescriptorElement> read(XmlElement element, Problems problems) {
        return HostStep.read(element, RshShell.BUNDLE, problems);
    }
}
