package org.actium.deployment.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actium.deployment.api.Plan.PlannedLaunch;
import org.actium.deployment.api.Plan.PlannedVirtualNode;
import org.actium.deployment.model.Variable;
import org.actium.service.api.ServiceUse;

/** Writes a plan for people. Maps without an order of their own are sorted, so that equal plans read the same. */
final class PlanText {

    private final StringBuilder text = new StringBuilder();

    PlanText plan(Plan plan) {
        line(0, plan.source());
        if (!plan.variables().isEmpty()) {
            line(1, "variables");
            Map<String, Variable> contract = plan.contract().stream()
                    .collect(Collectors.toMap(Variable::name, Function.identity(), (first, second) -> first));
            new TreeMap<>(plan.variables())
                    .forEach((name, value) -> line(2, name + " = " + value + origin(contract.get(name))));
        }
        line(1, "virtual nodes");
        plan.virtualNodes().forEach(this::virtualNode);
        line(1, "launches");
        if (plan.launches().isEmpty()) {
            line(2, "none");
        }
        plan.launches().forEach(this::launch);
        if (!plan.steps().isEmpty()) {
            line(1, "besides");
            plan.steps().forEach(step -> line(2, step));
        }
        if (!plan.notes().isEmpty()) {
            line(1, "notes");
            plan.notes().forEach(note -> line(2, note.toString()));
        }
        return this;
    }

    PlanText obstacles(Plan plan) {
        if (!plan.obstacles().isEmpty()) {
            line(1, "cannot be deployed");
            plan.obstacles().forEach(obstacle -> line(2, obstacle.toString()));
        }
        return this;
    }

    /** Who gave a variable its value, and who might have. */
    private static String origin(Variable variable) {
        if (variable == null) {
            return "";
        }
        String origin = switch (variable.origin()) {
            case DESCRIPTOR -> "the descriptor";
            case PROGRAM -> "the program or command line";
            case JAVA_PROPERTY -> "a Java property";
        };
        return "  (" + variable.kind().element() + ", from " + origin + ")";
    }

    private void virtualNode(PlannedVirtualNode node) {
        String nodes = node.expected() == 0 ? "as many nodes as come" : count(node.expected(), "node");
        String jvms = node.jvms().isEmpty() ? "" : " from " + String.join(", ", node.jvms());
        String here = node.currentJvm() ? (jvms.isEmpty() ? " from" : " and") + " this runtime" : "";
        line(2, node.name() + ": " + nodes + jvms + here);
        services(3, node.services());
        node.servicesOn().forEach((source, services) -> {
            line(3, "on nodes from " + source + (services.isEmpty() ? ": no technical service" : ""));
            services(4, services);
        });
    }

    private void services(int depth, List<ServiceUse> services) {
        int position = 1;
        for (ServiceUse use : services) {
            line(
                    depth,
                    "technical service " + position++ + ": " + use.id() + provider(use) + arguments(use.arguments()));
        }
    }

    private static String provider(ServiceUse use) {
        return use.service().equals(use.id()) ? "" : ", which is " + use.service();
    }

    private static String arguments(Map<String, String> arguments) {
        return arguments.isEmpty()
                ? ""
                : new TreeMap<>(arguments)
                        .entrySet().stream()
                                .map(argument -> argument.getKey() + "=" + argument.getValue())
                                .collect(Collectors.joining(", ", " (", ")"));
    }

    private void launch(PlannedLaunch launch) {
        String runtimes =
                launch.runtimes() == 0 ? "as many runtimes as there are" : count(launch.runtimes(), "runtime");
        line(
                2,
                launch.jvm() + ": " + runtimes + " by " + launch.protocol() + ", "
                        + count(launch.nodesPerRuntime(), "node") + " in each");
        if (!launch.command().isEmpty()) {
            line(3, shown(launch.command()));
        }
        launch.notes().forEach(note -> line(3, "note: " + note));
    }

    /** An argument that a reader could take for two is put in quotes, as a shell would read them. */
    private static String shown(List<String> command) {
        return command.stream()
                .map(argument -> argument.isEmpty() || argument.matches(".*[\\s'\"].*")
                        ? "'" + argument.replace("'", "'\\''") + "'"
                        : argument)
                .collect(Collectors.joining(" "));
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private void line(int depth, String content) {
        text.append("  ".repeat(depth)).append(content).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
