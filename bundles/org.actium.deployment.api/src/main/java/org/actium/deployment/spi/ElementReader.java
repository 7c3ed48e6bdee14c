package org.actium.deployment.spi;

import java.util.Optional;
import java.util.Set;
import org.actium.deployment.model.DescriptorElement;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads one family of elements below {@code processDefinition} or {@code serviceDefinition}. Offered as a service by
 * the bundle that acts on them.
 */
@ConsumerType
public interface ElementReader {

    /** Names of the elements it reads. */
    Set<String> elements();

    /**
     * Makes a record of the element. Starts nothing and loads no class. Everything wrong with it is reported, not
     * thrown.
     *
     * @return empty if the element is too broken to be represented; at least one problem was reported then
     */
    Optional<DescriptorElement> read(XmlElement element, Problems problems);
}
