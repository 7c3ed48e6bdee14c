package org.actium.launcher.container;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The Declarative Services components of our own bundles. Asked by reflection: the types of the service belong to a
 * bundle, and the launcher is outside all bundles.
 */
final class Components {

    private static final String RUNTIME = "org.osgi.service.component.runtime.ServiceComponentRuntime";
    private static final String OURS = "org.actium.";

    /** Whoever wants a secret that the launcher was not given, such as the token to join a parent, is not meant to run. */
    private static final String WANTS_SECRET = "(actium.secret=";

    /** How the service says that a component failed because one that it refers to did. */
    private static final String FAILURE_OF_ANOTHER = "Unable to get service for reference";

    private final BundleContext context;

    Components(BundleContext context) {
        this.context = context;
    }

    /**
     * Both leave out what only follows from the rest.
     *
     * @param failures components that threw while they were activated, a line each
     * @param lacks what components wait for, a line each
     */
    record State(List<String> failures, List<String> lacks) {
        boolean isComplete() {
            return failures.isEmpty() && lacks.isEmpty();
        }
    }

    private record Lack(String component, String service, String target) {
        String text() {
            return "component " + component + " waits for a service " + service
                    + (target == null ? "" : " with " + target);
        }
    }

    State state() {
        Optional<Object> found = serviceComponentRuntime();
        if (found.isEmpty()) {
            return new State(List.of(), List.of());
        }
        var failures = new ArrayList<String>();
        var lacks = new ArrayList<Lack>();
        var offered = new HashSet<String>();
        try {
            Object runtime = found.get();
            for (Object description : descriptions(runtime)) {
                offered.addAll(List.of((String[]) field(description, "serviceInterfaces")));
                for (Object configuration : configurations(runtime, description)) {
                    collect(description, configuration, failures, lacks);
                }
            }
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("components cannot be asked for their state", changed);
        }
        return new State(rootFailures(failures), rootLacks(lacks, offered));
    }

    private static List<String> rootFailures(List<String> failures) {
        var roots = failures.stream()
                .filter(failure -> !failure.contains(FAILURE_OF_ANOTHER))
                .toList();
        return roots.isEmpty() ? failures : roots;
    }

    private static List<String> rootLacks(List<Lack> lacks, Set<String> offered) {
        var roots =
                lacks.stream().filter(lack -> !offered.contains(lack.service())).toList();
        return (roots.isEmpty() ? lacks : roots).stream().map(Lack::text).toList();
    }

    /** Of whatever class space: that the launcher may know the type too does not matter. */
    private Optional<Object> serviceComponentRuntime() {
        try {
            ServiceReference<?>[] references = context.getAllServiceReferences(RUNTIME, null);
            return Optional.ofNullable(references).map(found -> context.getService(found[0]));
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Collection<?> descriptions(Object runtime) throws ReflectiveOperationException {
        Bundle[] ours = Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith(OURS))
                .toArray(Bundle[]::new);
        if (ours.length == 0) {
            return List.of(); // asked for none, the service would answer with all
        }
        return (Collection<?>) type(runtime)
                .getMethod("getComponentDescriptionDTOs", Bundle[].class)
                .invoke(runtime, (Object) ours);
    }

    private static Collection<?> configurations(Object runtime, Object description)
            throws ReflectiveOperationException {
        return (Collection<?>) type(runtime)
                .getMethod("getComponentConfigurationDTOs", description.getClass())
                .invoke(runtime, description);
    }

    /** The interface: the class that implements it is not public. */
    private static Class<?> type(Object runtime) throws ClassNotFoundException {
        return runtime.getClass().getClassLoader().loadClass(RUNTIME);
    }

    private static void collect(Object description, Object configuration, List<String> failures, List<Lack> lacks)
            throws ReflectiveOperationException {
        String component = (String) field(description, "name");
        Object failure = field(configuration, "failure");
        if (failure != null) {
            failures.add("component " + component + ": " + rootCause((String) failure));
        }
        for (Object unsatisfied : (Object[]) field(configuration, "unsatisfiedReferences")) {
            String target = (String) field(unsatisfied, "target");
            if (target == null || !target.startsWith(WANTS_SECRET)) {
                lacks.add(new Lack(component, serviceType(description, (String) field(unsatisfied, "name")), target));
            }
        }
    }

    private static String serviceType(Object description, String reference) throws ReflectiveOperationException {
        for (Object known : (Object[]) field(description, "references")) {
            if (reference.equals(field(known, "name"))) {
                return (String) field(known, "interfaceName");
            }
        }
        return reference;
    }

    /** Out of a printed stack trace, the exception it all began with. */
    private static String rootCause(String stackTrace) {
        return stackTrace
                .lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((first, second) -> second)
                .map(line -> line.substring("Caused by: ".length()))
                .orElseGet(() -> stackTrace.lines().findFirst().orElse(""));
    }

    private static Object field(Object dto, String name) throws ReflectiveOperationException {
        return dto.getClass().getField(name).get(dto);
    }
}
