package org.actium.deployment.api;

import java.util.Map;
import java.util.Objects;

/**
 * The text of a descriptor.
 *
 * @param name file name or URL, as it is to appear in messages; relative includes are looked up beside it
 * @param variables values from the command line or the program, by name
 */
public record DescriptorSource(String name, byte[] xml, Map<String, String> variables) {

    public DescriptorSource {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(xml, "xml");
        variables = Map.copyOf(variables);
    }
}
