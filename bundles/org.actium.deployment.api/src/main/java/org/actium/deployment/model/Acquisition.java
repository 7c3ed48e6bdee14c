package org.actium.deployment.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A way to find runtimes that are already running, as the descriptor has it.
 *
 * @param settings its attributes and options, in the order of the document
 * @param asked how many runtimes; empty if all there are
 * @param bundle the bundle that carries it out, if one is known
 */
public record Acquisition(
        String elementName,
        List<Launch.Setting> settings,
        OptionalInt asked,
        Optional<String> bundle,
        SourcePosition at)
        implements DescriptorElement {

    public Acquisition {
        Objects.requireNonNull(elementName, "elementName");
        settings = List.copyOf(settings);
        Objects.requireNonNull(asked, "asked");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(at, "at");
    }
}
