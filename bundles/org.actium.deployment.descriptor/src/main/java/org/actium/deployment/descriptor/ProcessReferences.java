package org.actium.deployment.descriptor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/**
 * The references from processes to the processes and services they are made of, whatever bundle reads them: each must
 * lead somewhere, and none may lead back.
 */
final class ProcessReferences {

    private static final Set<String> TO_PROCESSES = Set.of("processReference", "hierarchicalReference");

    private final Definitions processes;
    private final Definitions services;
    private final Problems problems;

    ProcessReferences(Definitions processes, Definitions services, Problems problems) {
        this.processes = processes;
        this.services = services;
        this.problems = problems;
    }

    /** @return the ids of all processes, so that each comes after those it refers to, as far as there is no cycle */
    List<String> check() {
        var edges = new HashMap<String, List<Edge>>();
        processes.byId().forEach((id, definition) -> {
            var found = new ArrayList<Edge>();
            collect(definition, found);
            edges.put(id, found);
        });
        return ordered(edges);
    }

    private void collect(XmlElement element, List<Edge> found) {
        for (XmlElement child : element.children()) {
            String refid = child.attribute("refid").orElse("");
            if (!refid.isBlank()) {
                if (TO_PROCESSES.contains(child.name()) && processes.resolve(refid, child, problems)) {
                    found.add(new Edge(refid, child));
                } else if (child.name().equals("serviceReference")) {
                    services.resolve(refid, child, problems);
                }
            }
            collect(child, found);
        }
    }

    /** Depth first, without recursion: a chain of definitions may be as long as the document allows. */
    private List<String> ordered(Map<String, List<Edge>> edges) {
        var order = new ArrayList<String>();
        var finished = new HashSet<String>();
        for (String start : processes.ids()) {
            Deque<String> path = new ArrayDeque<>();
            Deque<Iterator<Edge>> left = new ArrayDeque<>();
            var onPath = new HashSet<String>();
            if (finished.add(start)) {
                path.addLast(start);
                onPath.add(start);
                left.addLast(edges.get(start).iterator());
            }
            while (!path.isEmpty()) {
                if (!left.getLast().hasNext()) {
                    left.removeLast();
                    String done = path.removeLast();
                    onPath.remove(done);
                    order.add(done);
                    continue;
                }
                Edge edge = left.getLast().next();
                if (onPath.contains(edge.to)) {
                    report(path, edge);
                } else if (finished.add(edge.to)) {
                    path.addLast(edge.to);
                    onPath.add(edge.to);
                    left.addLast(edges.get(edge.to).iterator());
                }
            }
        }
        return order;
    }

    private void report(Deque<String> path, Edge back) {
        String cycle = path.stream()
                .dropWhile(id -> !id.equals(back.to))
                .map(id -> "'" + Spelling.shortened(id) + "'")
                .collect(Collectors.joining(" → "));
        problems.report(
                back.reference.at(),
                "processes refer to each other in a cycle: " + cycle + " → '" + Spelling.shortened(back.to) + "'");
    }

    private record Edge(String to, XmlElement reference) {}
}
