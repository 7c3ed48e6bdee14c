package org.actium.deployment.spi;

import java.util.Optional;
import java.util.Set;
import org.actium.deployment.model.DescriptorElement;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads one family of elements below {@code processDefinition} or {@code serviceDefinition}, or groups and bridges, whose
 * names end in {@code Group} or {@code Bridge}. Offered as a service by the bundle that acts on them.
 */
@ConsumerType
public interface ElementReader {

    /** Names of the elements it reads. */
    Set<String> elements();

    /**
     * Makes a record of the element. Starts nothing and loads no class. Everything wrong with it is reported, not
     * thrown.
     *
     * <p>A step that leads to other processes, a group and a bridge are a {@link org.actium.deployment.model.Launch}. What
     * it leads to is filled in by the caller; {@code runtimes} says how many times it starts that: how many hosts a group
     * has, empty if nobody can say before.
     *
     * @return empty if the element is too broken to be represented; at least one problem was reported then
     */
    Optional<DescriptorElement> read(XmlElement element, Problems problems);
}
