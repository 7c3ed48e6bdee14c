package org.actium.service.updates;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.dto.ServiceReferenceDTO;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.SatisfiedReferenceDTO;

/** The components of Declarative Services that work, and what they are bound to. */
final class Components {

    private final BundleContext framework;
    private final ServiceComponentRuntime runtime;

    Components(BundleContext framework, ServiceComponentRuntime runtime) {
        this.framework = framework;
        this.runtime = runtime;
    }

    /**
     * A component that has all it needs.
     *
     * @param number under which its services have it as {@code component.id}
     */
    record Part(Bundle bundle, long number, List<Bond> bonds) {

        /** @param filter as a bundle says what it needs */
        boolean refersTo(String filter) {
            return bonds.stream().anyMatch(bond -> filter.equals("(objectClass=" + bond.reference.interfaceName + ")"));
        }
    }

    /** A reference of a component. @param target filter of what may be bound to it; empty if anything may */
    private record Bond(ReferenceDTO reference, Optional<String> target, List<ServiceReferenceDTO> bound) {

        boolean isFixed() {
            return !"dynamic".equals(reference.policy);
        }

        boolean isOptional() {
            return reference.cardinality != null && reference.cardinality.startsWith("0");
        }
    }

    List<Part> of(Collection<Bundle> bundles) {
        Map<Long, Bundle> numbered =
                bundles.stream().collect(Collectors.toMap(Bundle::getBundleId, Function.identity()));
        return runtime.getComponentDescriptionDTOs(bundles.toArray(Bundle[]::new)).stream()
                .filter(description -> numbered.containsKey(description.bundle.id))
                .flatMap(description -> runtime.getComponentConfigurationDTOs(description).stream()
                        .filter(Components::works)
                        .map(configuration -> new Part(
                                numbered.get(description.bundle.id),
                                configuration.id,
                                bonds(description, configuration))))
                .toList();
    }

    /** What the components of the bundle lack now so that they do not work, as filters. */
    Set<String> lacking(Bundle bundle) {
        return runtime.getComponentDescriptionDTOs(bundle).stream()
                .filter(description -> description.bundle.id == bundle.getBundleId())
                .flatMap(description -> runtime.getComponentConfigurationDTOs(description).stream()
                        .filter(configuration -> configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE)
                        .flatMap(configuration -> all(configuration.unsatisfiedReferences))
                        .flatMap(lacking -> all(description.references)
                                .filter(reference -> reference.name.equals(lacking.name))
                                .map(reference -> filter(reference, lacking.target))))
                .collect(Collectors.toSet());
    }

    private static String filter(ReferenceDTO reference, String target) {
        String offered = "(objectClass=" + reference.interfaceName + ")";
        return target == null || target.isEmpty() ? offered : "(&" + offered + target + ")";
    }

    private static boolean works(ComponentConfigurationDTO configuration) {
        return configuration.state == ComponentConfigurationDTO.SATISFIED
                || configuration.state == ComponentConfigurationDTO.ACTIVE;
    }

    private static List<Bond> bonds(ComponentDescriptionDTO description, ComponentConfigurationDTO configuration) {
        return all(description.references)
                .flatMap(reference -> all(configuration.satisfiedReferences)
                        .filter(satisfied -> satisfied.name.equals(reference.name))
                        .map(satisfied -> bond(reference, satisfied)))
                .toList();
    }

    private static Bond bond(ReferenceDTO reference, SatisfiedReferenceDTO satisfied) {
        return new Bond(
                reference,
                Optional.ofNullable(satisfied.target),
                all(satisfied.boundServices).toList());
    }

    private static <T> Stream<T> all(T[] some) {
        return Stream.ofNullable(some).flatMap(Arrays::stream);
    }

    /** Whether it has to begin anew when that goes, or to wait until something of it is back. */
    boolean restarts(Part part, Departure departure) {
        return part.bonds().stream().anyMatch(bond -> isCut(bond, departure));
    }

    private boolean isCut(Bond bond, Departure departure) {
        boolean loses = bond.bound().stream().anyMatch(departure::takes);
        if (loses && bond.isFixed()) {
            return true;
        }
        return !bond.isOptional() && (loses || bond.bound().isEmpty()) && nothingIsLeft(bond, departure);
    }

    /** Whether there is something, and all of it goes. */
    private boolean nothingIsLeft(Bond bond, Departure departure) {
        try {
            ServiceReference<?>[] services = framework.getAllServiceReferences(
                    bond.reference().interfaceName, bond.target().orElse(null));
            return services != null && Arrays.stream(services).allMatch(departure::takes);
        } catch (InvalidSyntaxException unreadable) {
            return false; // nothing is ever bound to it
        }
    }
}
