package org.actium.service.updates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * The services that bundles cannot do without: a component whose service goes stops working, although its bundle is not
 * refreshed. Of components of Declarative Services it is known what they are bound to; of others, what their bundles say
 * ({@code osgi.service}).
 */
final class Needs {

    /** Of capabilities and requirements; OSGi Compendium, 135.4. */
    private static final String SERVICES = "osgi.service";

    private final BundleContext framework;
    private final Components components;

    /** @param framework context of the system bundle, which is there as long as the framework is */
    Needs(BundleContext framework, ServiceComponentRuntime components) {
        this.framework = framework;
        this.components = new Components(framework, components);
    }

    /** @param several whether it takes as many as there are, and only needs one to be left */
    private record Need(String filter, boolean several) {}

    private static Stream<Need> of(Bundle bundle) {
        return Optional.ofNullable(bundle.adapt(BundleRevision.class)).stream()
                .flatMap(revision -> revision.getDeclaredRequirements(SERVICES).stream())
                .map(BundleRequirement::getDirectives)
                .filter(directives -> directives.containsKey(Namespace.REQUIREMENT_FILTER_DIRECTIVE))
                .filter(directives -> !Namespace.RESOLUTION_OPTIONAL.equals(
                        directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE)))
                .map(directives -> new Need(
                        directives.get(Namespace.REQUIREMENT_FILTER_DIRECTIVE),
                        Namespace.CARDINALITY_MULTIPLE.equals(
                                directives.get(Namespace.REQUIREMENT_CARDINALITY_DIRECTIVE))));
    }

    /** The other bundles that lose a service they need when these go, or when those do that lose one. */
    Set<Bundle> interruptedWithout(Collection<Bundle> going) {
        Departure departure = new Departure(going);
        List<Bundle> running = Arrays.stream(framework.getBundles())
                .filter(bundle -> FrameworkBundles.runs(bundle) && !going.contains(bundle))
                .toList();
        List<Components.Part> parts = components.of(running);
        Set<Bundle> interrupted = new LinkedHashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Components.Part part : parts) {
                if (!departure.restarts(part) && components.restarts(part, departure)) {
                    departure.add(part);
                    interrupted.add(part.bundle());
                    more = true;
                }
            }
            for (Bundle bundle : running) {
                if (!departure.contains(bundle)
                        && said(bundle, parts).anyMatch(need -> isLost(bundle, need, departure))) {
                    departure.add(bundle);
                    interrupted.add(bundle);
                    more = true;
                }
            }
        }
        return interrupted;
    }

    /** What it needs besides what its components refer to. */
    private static Stream<Need> said(Bundle bundle, List<Components.Part> parts) {
        return of(bundle)
                .filter(need -> parts.stream()
                        .filter(part -> part.bundle().equals(bundle))
                        .noneMatch(part -> part.refersTo(need.filter())));
    }

    /** Whoever uses one that goes has to begin again even if another one offers the same, unless it takes several. */
    private boolean isLost(Bundle bundle, Need need, Departure departure) {
        List<ServiceReference<?>> all = services(need);
        List<ServiceReference<?>> going = all.stream().filter(departure::takes).toList();
        return !going.isEmpty()
                && (going.size() == all.size()
                        || !need.several() && going.stream().anyMatch(service -> isUsed(service, bundle)));
    }

    private static boolean isUsed(ServiceReference<?> service, Bundle user) {
        return Stream.ofNullable(service.getUsingBundles())
                .flatMap(Arrays::stream)
                .anyMatch(user::equals);
    }

    private List<ServiceReference<?>> services(Need need) {
        try {
            List<ServiceReference<?>> services = new ArrayList<>();
            Stream.ofNullable(framework.getAllServiceReferences(null, need.filter()))
                    .flatMap(Arrays::stream)
                    .forEach(services::add);
            return services;
        } catch (InvalidSyntaxException unreadable) {
            return List.of(); // a bundle that says this never gets it
        }
    }

    /** What each of these lacks now, as filters. */
    Map<Bundle, Set<String>> unmet(Collection<Bundle> bundles) {
        Map<Bundle, Set<String>> unmet = new LinkedHashMap<>();
        bundles.forEach(bundle -> unmet.put(
                bundle,
                Stream.concat(
                                of(bundle)
                                        .filter(need -> services(need).isEmpty())
                                        .map(Need::filter),
                                components.lacking(bundle).stream())
                        .collect(Collectors.toSet())));
        return unmet;
    }
}
