package org.actium.deployment.core;

import java.util.ArrayList;
import java.util.List;
import org.actium.deployment.model.Application;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.ExecutableDefinition;
import org.actium.deployment.model.Lookup;
import org.actium.deployment.model.MainDefinition;
import org.actium.deployment.model.Registration;
import org.actium.deployment.model.VirtualNodeDefinition;

/** What a descriptor asks for beside runtimes and nodes, for people, one line each. */
final class Steps {

    private Steps() {}

    static List<String> of(Descriptor descriptor) {
        Application application = descriptor.application();
        List<String> steps = new ArrayList<>();
        descriptor.virtualNodes().values().stream()
                .filter(VirtualNodeDefinition::waitForTimeout)
                .forEach(node -> steps.add("wait " + Durations.text(node.timeout()) + " before virtual node '"
                        + node.name() + "' is ready, whatever comes sooner"));
        application.lookups().forEach(lookup -> steps.add(text(lookup)));
        application.registrations().forEach(registration -> steps.add(text(registration)));
        application
                .leaseHolder()
                .ifPresent(holder -> steps.add("have the runtime at " + holder.endpoint()
                        + " hold the lease of those that are launched: they end with it, not with this one"));
        application.mains().values().forEach(main -> steps.add(text(main)));
        application.executables().forEach(executable -> steps.add(text(executable)));
        return steps;
    }

    private static String text(Lookup lookup) {
        return "look up virtual node '" + lookup.virtualNode() + "' in the runtime at "
                + lookup.host().orElse("*") + ":"
                + (lookup.port().isPresent() ? Integer.toString(lookup.port().getAsInt()) : "*");
    }

    private static String text(Registration registration) {
        return "register virtual node '" + registration.virtualNode() + "' as '" + registration.name()
                + "' when it is ready";
    }

    private static String text(MainDefinition main) {
        return "main '" + main.id() + "': class " + main.type()
                + (main.arguments().isEmpty() ? "" : " with " + main.arguments())
                + (main.virtualNodes().isEmpty() ? "" : " when ready: " + String.join(", ", main.virtualNodes()));
    }

    private static String text(ExecutableDefinition executable) {
        String often = executable.mpi()
                ? "once, by mpirun"
                : switch (executable.instances()) {
                    case PER_HOST -> "on each host";
                    case PER_RUNTIME -> "for each runtime";
                    case PER_CAPACITY -> "for each node";
                };
        return "run " + String.join(" ", executable.command()) + " " + often
                + (executable.providers().isEmpty() ? "" : " of " + String.join(", ", executable.providers()));
    }
}
