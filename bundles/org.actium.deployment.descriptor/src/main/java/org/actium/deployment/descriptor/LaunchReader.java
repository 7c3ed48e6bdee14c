package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.actium.deployment.descriptor.grammar.ElementRule;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.Launch;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.XmlElement;

/** Makes trees of launches. Definitions must come in such an order that what one refers to comes before it. */
final class LaunchReader {

    /** Longer chains are a mistake, and what walks them may do so by recursion. */
    private static final int LONGEST_CHAIN = 64;

    /** Steps of a launch with all that it leads to, each counted as often as something leads to it. */
    private static final int LARGEST = 100_000;

    /** Elements that need not lead to another. */
    private static final Set<String> LEAVES = Set.of("mpiProcess");

    private final Problems problems;
    private final RuntimeCount counts;
    private final Map<String, Known> known = new HashMap<>();

    LaunchReader(Problems problems) {
        this.problems = problems;
        this.counts = new RuntimeCount(problems);
    }

    /** Notes what a definition has become, for those that refer to it. */
    void define(String id, DescriptorElement element) {
        known.putIfAbsent(id, new Known(element, 1, 1, OptionalInt.of(1)));
    }

    /** A step that no installed bundle reads, defined with this id. */
    Launch read(String id, XmlElement step, ElementRule rule) {
        return read(
                id,
                step,
                new Launch(step.name(), step.settings(), List.of(), counts.of(step), rule.bundle(), step.at()));
    }

    /**
     * A step with what it leads to, defined with this id.
     *
     * @param own the step alone; its {@code runtimes} are the times that it starts what it leads to
     */
    Launch read(String id, XmlElement step, Launch own) {
        var next = new ArrayList<DescriptorElement>();
        var behind = new ArrayList<DescriptorElement>(); // a gateway
        OptionalInt through = OptionalInt.of(0);
        int depth = 0;
        long size = 1;
        boolean refers = false;
        for (XmlElement child : step.children()) {
            boolean reference = child.name().equals("processReference")
                    || child.name().equals("hierarchicalReference")
                    || child.name().equals("serviceReference");
            refers |= reference;
            Known target = reference ? known.get(child.attribute("refid").orElse("")) : null;
            if (target != null && depth < LONGEST_CHAIN) {
                (child.name().equals("hierarchicalReference") ? behind : next).add(target.element);
                depth = Math.max(depth, target.depth);
                size += target.size;
                if (!isOnlyGateway(step, child)) {
                    through = RuntimeCount.sum(through, target.runtimes);
                }
            }
        }
        next.addAll(behind);
        if (!refers && !LEAVES.contains(step.name())) {
            problems.report(
                    step.at(),
                    "'" + step.name() + "' leads to no process; give it a <processReference refid='…'/> to one that "
                            + "ends in a 'jvmProcess'");
        }
        if (depth >= LONGEST_CHAIN || size > LARGEST) {
            problems.report(
                    step.at(),
                    "'" + step.name() + "' leads to "
                            + (size > LARGEST
                                    ? "more than " + LARGEST + " steps"
                                    : "a chain of more than " + LONGEST_CHAIN + " steps"));
            next.clear();
        }
        OptionalInt runtimes =
                LEAVES.contains(step.name()) ? OptionalInt.of(0) : RuntimeCount.product(own.runtimes(), through);
        var launch = new Launch(own.elementName(), own.settings(), next, runtimes, own.bundle(), own.at());
        known.putIfAbsent(id, new Known(launch, depth + 1, size, runtimes));
        return launch;
    }

    /** Of a gateway with something behind it, only what is behind it has nodes. */
    private static boolean isOnlyGateway(XmlElement step, XmlElement reference) {
        return step.name().equals("hierarchicalProcess")
                && reference.name().equals("processReference")
                && step.child("hierarchicalReference").isPresent();
    }

    /** @param size steps with all that it leads to */
    private record Known(DescriptorElement element, int depth, long size, OptionalInt runtimes) {}
}
