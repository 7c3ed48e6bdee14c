package org.actium.service.metrics;

import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.actium.service.metrics.NodeMeters.Figures;
import org.osgi.service.component.annotations.Component;

/** The figures of all nodes of this runtime, and the command {@code actium:metrics}. */
@Component(
        service = MeterTable.class,
        property = {"osgi.command.scope=actium", "osgi.command.function=metrics"})
public final class MeterTable {

    private final Map<String, NodeMeters> nodes = new ConcurrentHashMap<>();

    /** Of a node, until they are closed. */
    NodeMeters open(String node) {
        NodeMeters[] opened = new NodeMeters[1];
        opened[0] = new NodeMeters(() -> nodes.remove(node, opened[0]));
        nodes.put(node, Objects.requireNonNull(opened[0]));
        return opened[0];
    }

    /** What was counted on the node, by method. */
    Map<String, Figures> figures(String node) {
        Map<String, Figures> figures = new TreeMap<>();
        NodeMeters meters = nodes.get(node);
        if (meters != null) {
            meters.methods().forEach((method, meter) -> figures.put(method, meter.figures()));
        }
        return figures;
    }

    /** For the console: one line for each method of each node. */
    public String metrics() {
        StringBuilder text = new StringBuilder();
        nodes.keySet().stream()
                .sorted(Comparator.naturalOrder())
                .forEach(node -> figures(node)
                        .forEach((method, figures) -> text.append(node)
                                .append(' ')
                                .append(method)
                                .append(" sent=")
                                .append(figures.sent())
                                .append(" arrived=")
                                .append(figures.arrived())
                                .append(" served=")
                                .append(figures.served())
                                .append(" failed=")
                                .append(figures.failed())
                                .append(" mean=")
                                .append(figures.meanMicros())
                                .append("us longest=")
                                .append(figures.longestNanos() / 1000)
                                .append("us\n")));
        return text.isEmpty()
                ? "no node of this runtime counts its calls"
                : text.toString().stripTrailing();
    }
}
