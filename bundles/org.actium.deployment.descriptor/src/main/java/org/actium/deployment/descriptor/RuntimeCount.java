package org.actium.deployment.descriptor;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.deployment.spi.HostList;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** How many times a step of a launch multiplies what it leads to, as far as the descriptor says. */
final class RuntimeCount {

    private static final Pattern OAR_NODES = Pattern.compile("nodes?=(\\w+)");
    private static final Pattern OAR_WEIGHT = Pattern.compile("weight=(\\d+)");
    private static final int OAR_DEFAULT_WEIGHT = 2;

    private final Problems problems;

    RuntimeCount(Problems problems) {
        this.problems = problems;
    }

    /** @return empty if nobody can say before */
    OptionalInt of(XmlElement step) {
        return switch (step.name()) {
            case "processList" -> times(numbers(step), step.integer("repeat", 1, problems), 1);
            case "processListbyHost" -> times(hosts(step, "hostlist"), step.integer("repeat", 1, problems), 1);
            case "sshGroup", "rshGroup", "oarshGroup", "mpiGroup" -> hosts(step, "hostList");
            case "bsubProcess" -> option(step, "bsubOption", "processor");
            case "pbsProcess" -> slots(step, "pbsOption");
            case "prunProcess" -> slots(step, "prunOption");
            case "gridEngineProcess" -> option(step, "gridEngineOption", "hostsNumber");
            case "globusProcess" -> option(step, "globusOption", "count");
            case "ngProcess" -> option(step, "ngOption", "count");
            case "gLiteProcess" -> orOne(step.integer("nodeNumber", 1, problems));
            case "oarProcess" -> oar(step, "oarOption");
            case "oarGridProcess" -> oar(step, "oarGridOption");
            case "unicoreProcess" -> attributes(step, "unicoreOption/vsite", "nodes", "processors");
            case "loadLevelerProcess" -> loadLeveler(step);
            case "pbsGroup", "prunGroup" -> attributes(step, "resources", "nodes", "ppn");
            case "oarGroup" -> attributes(step, "resources", "nodes", "cpu", "core");
            case "lsfGroup" -> attributes(step, "resources", "processorNumber");
            case "gridEngineGroup" -> attributes(step, "resources", "nodes");
            case "ccsGroup" -> attributes(step, "resources", "tasks");
            case "loadLevelerGroup" -> attributes(step, "resources", "nbTasks");
            case "maprshProcess" ->
                step.child("hostlist").isPresent()
                        ? OptionalInt.of(
                                Math.max(1, step.child("hostlist").get().text().split("\\s+").length))
                        : OptionalInt.of(1);
            case "clusterForkProcess" -> OptionalInt.empty();
            default -> OptionalInt.of(1);
        };
    }

    private OptionalInt hosts(XmlElement step, String attribute) {
        return size(() -> HostList.names(step.attribute(attribute).orElse("")), attribute, step);
    }

    private OptionalInt numbers(XmlElement step) {
        int padding = step.integer("padding", 0, problems).orElse(1);
        return size(() -> HostList.numbers(step.attribute("list").orElse(""), padding), "list", step);
    }

    private OptionalInt size(HostNames names, String attribute, XmlElement step) {
        if (step.attribute(attribute).orElse("").isBlank()) {
            return OptionalInt.empty(); // reported by the grammar
        }
        try {
            List<String> hosts = names.get();
            if (!hosts.isEmpty()) {
                return OptionalInt.of(hosts.size());
            }
            problems.report(step.at(), "attribute '" + attribute + "' of '" + step.name() + "' names no host");
        } catch (IllegalArgumentException malformed) {
            problems.report(
                    step.at(),
                    "attribute '" + attribute + "' of '" + step.name() + "' is no list of hosts: "
                            + malformed.getMessage());
        }
        return OptionalInt.empty();
    }

    private OptionalInt slots(XmlElement step, String options) {
        return times(option(step, options, "hostsNumber"), option(step, options, "processorPerNode"), 1);
    }

    /** The text of an option as a number; 1 if it is absent, empty if it is no number, which was reported. */
    private OptionalInt option(XmlElement step, String options, String option) {
        return step.child(options)
                .flatMap(block -> block.child(option))
                .map(this::number)
                .orElse(OptionalInt.of(1));
    }

    private OptionalInt number(XmlElement option) {
        String text = option.text().isEmpty() ? option.attribute("value").orElse("") : option.text();
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException notANumber) {
            // reported below, like one that is too small
        }
        problems.report(
                option.at(),
                "'" + option.name() + "' holds '" + Spelling.shortened(text) + "'; it must be a whole number from 1 to "
                        + Integer.MAX_VALUE);
        return OptionalInt.empty();
    }

    /** {@code site:nodes=n:weight=w}, several with commas between; {@code nodes=all} is unknown. */
    private OptionalInt oar(XmlElement step, String options) {
        String resources = step.child(options)
                .flatMap(block -> block.child("resources"))
                .map(XmlElement::text)
                .orElse("");
        if (resources.isEmpty()) {
            return slots(step, options);
        }
        long all = 0;
        for (String part : resources.split(",")) {
            Matcher nodes = OAR_NODES.matcher(part);
            Matcher weight = OAR_WEIGHT.matcher(part);
            String count = nodes.find() ? nodes.group(1) : "1";
            if (!count.matches("\\d{1,6}")) {
                return OptionalInt.empty();
            }
            all += Long.parseLong(count)
                    * (weight.find() && weight.group(1).length() < 6
                            ? Long.parseLong(weight.group(1))
                            : OAR_DEFAULT_WEIGHT);
        }
        return all < 1 || all > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) all);
    }

    private OptionalInt loadLeveler(XmlElement step) {
        XmlElement tasks = step.child("loadLevelerTaskRepartition")
                .flatMap(block -> block.child("simple").or(() -> block.child("advanced")))
                .orElse(null);
        if (tasks == null) {
            return OptionalInt.of(1);
        }
        for (String total : List.of("nbTasks", "total_tasks")) {
            if (tasks.child(total).isPresent()) {
                return number(tasks.child(total).get());
            }
        }
        return tasks.child("tasks_per_node").isPresent() && tasks.child("node").isPresent()
                ? times(
                        number(tasks.child("tasks_per_node").get()),
                        number(tasks.child("node").get()),
                        1)
                : OptionalInt.empty();
    }

    /** The product of attributes of an element below, each 1 where it is absent; unknown if there are none of them. */
    private OptionalInt attributes(XmlElement step, String path, String... names) {
        XmlElement block = step;
        for (String element : path.split("/")) {
            block = block.child(element).orElse(null);
            if (block == null) {
                return OptionalInt.of(1);
            }
        }
        if (!block.text().isEmpty()) {
            return OptionalInt.empty();
        }
        OptionalInt product = OptionalInt.of(1);
        for (String name : names) {
            product = times(product, block.integer(name, 1, problems), 1);
        }
        return product;
    }

    private static OptionalInt orOne(OptionalInt number) {
        return number.isPresent() ? number : OptionalInt.of(1);
    }

    /** @param absent what the second counts as if it is absent */
    private static OptionalInt times(OptionalInt first, OptionalInt second, int absent) {
        return product(first, OptionalInt.of(second.orElse(absent)));
    }

    /** Unknown if one of them is, or if it is beyond all measure. */
    static OptionalInt product(OptionalInt first, OptionalInt second) {
        if (first.isEmpty() || second.isEmpty()) {
            return OptionalInt.empty();
        }
        long product = (long) first.getAsInt() * second.getAsInt();
        return product > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) product);
    }

    /** Unknown if one of them is, or if it is beyond all measure. */
    static OptionalInt sum(OptionalInt first, OptionalInt second) {
        if (first.isEmpty() || second.isEmpty()) {
            return OptionalInt.empty();
        }
        long sum = (long) first.getAsInt() + second.getAsInt();
        return sum > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) sum);
    }

    private interface HostNames {
        List<String> get();
    }
}
