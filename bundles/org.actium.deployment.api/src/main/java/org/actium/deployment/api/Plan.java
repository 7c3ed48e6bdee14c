package org.actium.deployment.api;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.actium.service.api.ServiceUse;

/** What activating a descriptor does. */
public record Plan(
        String source,
        Map<String, String> variables,
        List<PlannedVirtualNode> virtualNodes,
        List<PlannedLaunch> launches)
        implements Serializable {

    public Plan {
        Objects.requireNonNull(source, "source");
        variables = Map.copyOf(variables);
        virtualNodes = List.copyOf(virtualNodes);
        launches = List.copyOf(launches);
    }

    /** For people, on several lines: what each virtual node gets, which services in which order, and every command. */
    public String text() {
        return new PlanText().plan(this).toString();
    }

    /**
     * @param expected nodes it gets; 0 if it takes whatever comes
     * @param services in the order of application
     */
    public record PlannedVirtualNode(
            String name, int expected, boolean currentJvm, List<String> jvms, List<ServiceUse> services)
            implements Serializable {

        public PlannedVirtualNode {
            jvms = List.copyOf(jvms);
            services = List.copyOf(services);
        }
    }

    /**
     * @param jvm name of the JVM definition
     * @param protocol how: {@code local}, or the acquisition that finds them
     * @param runtimes how many runtimes; 0 if as many as there are
     * @param nodesPerRuntime nodes created in each
     * @param command what is run, one element to an argument; empty for an acquisition
     * @param notes what the reader should know, such as settings that have no meaning here
     */
    public record PlannedLaunch(
            String jvm, String protocol, int runtimes, int nodesPerRuntime, List<String> command, List<String> notes)
            implements Serializable {

        public PlannedLaunch {
            command = List.copyOf(command);
            notes = List.copyOf(notes);
        }
    }
}
