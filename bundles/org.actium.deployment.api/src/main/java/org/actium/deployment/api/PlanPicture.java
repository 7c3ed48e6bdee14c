package org.actium.deployment.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actium.deployment.api.Plan.PlannedLaunch;
import org.actium.deployment.api.Plan.PlannedVirtualNode;

/** Draws a plan: what is launched on the left, virtual nodes on the right, a line for each mapping. */
final class PlanPicture {

    private static final String HERE = "this runtime";
    private static final int WIDTH = 300;
    private static final int HEIGHT = 44;
    private static final int GAP = 16;
    private static final int BETWEEN = 160;
    private static final int LONGEST = 40;

    private final Map<String, String> launches = new LinkedHashMap<>(); // what is written below each name
    private final Map<String, String> virtualNodes = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final String source;

    PlanPicture(Plan plan) {
        source = plan.source();
        for (PlannedLaunch launch : plan.launches()) {
            launches.put(
                    launch.jvm(),
                    (launch.runtimes() == 0 ? "as many as there are" : launch.runtimes() + " runtimes") + " by "
                            + launch.protocol());
        }
        for (PlannedVirtualNode node : plan.virtualNodes()) {
            virtualNodes.put(node.name(), node.expected() == 0 ? "as many nodes as come" : node.expected() + " nodes");
            node.jvms().forEach(jvm -> lines.add(new Line(jvm, node.name())));
            if (node.currentJvm()) {
                launches.putIfAbsent(HERE, "");
                lines.add(new Line(HERE, node.name()));
            }
        }
    }

    private record Line(String launch, String virtualNode) {}

    String dot() {
        var dot = new StringBuilder("digraph plan {\n  rankdir=LR;\n  label=")
                .append(quoted(source))
                .append(";\n");
        launches.forEach((name, detail) -> dot.append("  ")
                .append(quoted("jvm " + name))
                .append(" [shape=box,label=")
                .append(quoted(name + (detail.isEmpty() ? "" : "\n" + detail)))
                .append("];\n"));
        virtualNodes.forEach((name, detail) -> dot.append("  ")
                .append(quoted("virtual node " + name))
                .append(" [shape=ellipse,label=")
                .append(quoted(name + "\n" + detail))
                .append("];\n"));
        lines.forEach(line -> dot.append("  ")
                .append(quoted("jvm " + line.launch))
                .append(" -> ")
                .append(quoted("virtual node " + line.virtualNode))
                .append(";\n"));
        return dot.append("}\n").toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    String svg() {
        List<String> left = List.copyOf(launches.keySet());
        List<String> right = List.copyOf(virtualNodes.keySet());
        int height = GAP + Math.max(1, Math.max(left.size(), right.size())) * (HEIGHT + GAP);
        int width = 2 * WIDTH + BETWEEN + 2 * GAP;
        var svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\""
                + height + "\" font-family=\"sans-serif\" font-size=\"13\">\n");
        svg.append("  <title>").append(escaped(source)).append("</title>\n");
        Map<String, Integer> rows = rows(left);
        Map<String, Integer> nodeRows = rows(right);
        for (Line line : lines) {
            if (rows.containsKey(line.launch)) {
                svg.append("  <line stroke=\"gray\" x1=\"" + (GAP + WIDTH) + "\" y1=\""
                        + middle(rows.get(line.launch)) + "\" x2=\"" + (GAP + WIDTH + BETWEEN) + "\" y2=\""
                        + middle(nodeRows.get(line.virtualNode)) + "\"/>\n");
            }
        }
        left.forEach(name -> box(svg, GAP, rows.get(name), 2, name, launches.get(name)));
        right.forEach(
                name -> box(svg, GAP + WIDTH + BETWEEN, nodeRows.get(name), HEIGHT / 2, name, virtualNodes.get(name)));
        return svg.append("</svg>\n").toString();
    }

    private static Map<String, Integer> rows(List<String> names) {
        var rows = new LinkedHashMap<String, Integer>();
        names.forEach(name -> rows.put(name, rows.size()));
        return rows;
    }

    private static int middle(int row) {
        return GAP + row * (HEIGHT + GAP) + HEIGHT / 2;
    }

    private static void box(StringBuilder svg, int x, int row, int round, String name, String detail) {
        int y = GAP + row * (HEIGHT + GAP);
        svg.append("  <rect fill=\"white\" stroke=\"black\" x=\"" + x + "\" y=\"" + y + "\" width=\"" + WIDTH
                + "\" height=\"" + HEIGHT + "\" rx=\"" + round + "\"/>\n");
        svg.append("  <text x=\"" + (x + GAP) + "\" y=\"" + (y + 18) + "\">" + escaped(cut(name)) + "</text>\n");
        svg.append("  <text fill=\"gray\" x=\"" + (x + GAP) + "\" y=\"" + (y + 36) + "\">" + escaped(cut(detail))
                + "</text>\n");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
