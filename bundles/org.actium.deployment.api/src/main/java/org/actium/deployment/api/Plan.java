package org.actium.deployment.api;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.actium.deployment.model.Problem;
import org.actium.deployment.model.Variable;
import org.actium.service.api.ServiceUse;

/**
 * What activating a descriptor does.
 *
 * @param dialect what it is written in, for people
 * @param steps what is done beside launching and acquiring runtimes, one line each
 * @param contract how its variables came to their values
 * @param notes what means less or something else here than where it was written for
 * @param obstacles why it cannot be activated, in order of position; the rest is what would be done if they were gone
 */
public record Plan(
        String source,
        Map<String, String> variables,
        List<PlannedVirtualNode> virtualNodes,
        List<PlannedLaunch> launches,
        List<String> steps,
        String dialect,
        List<Variable> contract,
        List<Problem> notes,
        List<Problem> obstacles)
        implements Serializable {

    public Plan {
        Objects.requireNonNull(source, "source");
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        virtualNodes = List.copyOf(virtualNodes);
        launches = List.copyOf(launches);
        steps = List.copyOf(steps);
        Objects.requireNonNull(dialect, "dialect");
        contract = List.copyOf(contract);
        notes = List.copyOf(notes);
        obstacles = List.copyOf(obstacles);
    }

    /** One that can be activated. */
    public Plan(
            String source,
            Map<String, String> variables,
            List<PlannedVirtualNode> virtualNodes,
            List<PlannedLaunch> launches) {
        this(
                source,
                variables,
                virtualNodes,
                launches,
                List.of(),
                "a descriptor of Actium",
                List.of(),
                List.of(),
                List.of());
    }

    /** For people, on several lines: what each virtual node gets, which services in which order, and every command. */
    public String text() {
        return new PlanText().plan(this).obstacles(this).toString();
    }

    /** As {@link #text()}, without the obstacles. */
    public String outline() {
        return new PlanText().plan(this).toString();
    }

    /** A graph in the language of Graphviz: JVM definitions, and the virtual nodes they give nodes to. */
    public String dot() {
        return new PlanPicture(this).dot();
    }

    /** The same as a picture, as SVG. */
    public String svg() {
        return new PlanPicture(this).svg();
    }

    /**
     * @param expected nodes it gets; 0 if it takes whatever comes
     * @param services in the order of application
     * @param servicesOn those of its nodes from one JVM definition or node provider, where they are others
     */
    public record PlannedVirtualNode(
            String name,
            int expected,
            boolean currentJvm,
            List<String> jvms,
            List<ServiceUse> services,
            Map<String, List<ServiceUse>> servicesOn)
            implements Serializable {

        public PlannedVirtualNode {
            jvms = List.copyOf(jvms);
            services = List.copyOf(services);
            servicesOn = Collections.unmodifiableMap(new LinkedHashMap<>(servicesOn));
        }

        /** One whose nodes have the same technical services wherever they are from. */
        public PlannedVirtualNode(
                String name, int expected, boolean currentJvm, List<String> jvms, List<ServiceUse> services) {
            this(name, expected, currentJvm, jvms, services, Map.of());
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
