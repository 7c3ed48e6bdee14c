package org.actium.deployment.descriptor;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.actium.deployment.spi.ElementReader;

/** The readers of elements there are now: those of this bundle and those that installed bundles bring. */
final class Elements {

    private final List<ElementReader> own;
    private final List<ElementReader> installed;

    /**
     * @param installed readers of other bundles; the first that knows an element reads it
     * @param properties the Java system property of a name, or null
     */
    Elements(Collection<ElementReader> installed, UnaryOperator<String> properties) {
        this.own = List.of(new JvmProcessReader(properties), new FaultToleranceReader());
        this.installed = List.copyOf(installed);
    }

    /** Who reads elements of this name; nobody if they are only kept for the bundle that acts on them. */
    Optional<ElementReader> reader(String element) {
        return reader(own, element).or(() -> reader(installed, element));
    }

    boolean reads(String element) {
        return reader(element).isPresent();
    }

    private static Optional<ElementReader> reader(List<ElementReader> readers, String element) {
        return readers.stream()
                .filter(reader -> reader.elements().contains(element))
                .findFirst();
    }
}
