package org.actium.deployment.descriptor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.actium.deployment.descriptor.grammar.AttributeRule;
import org.actium.deployment.descriptor.grammar.ElementRule;
import org.actium.deployment.descriptor.grammar.Grammar;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.ElementDefinition;
import org.actium.deployment.model.JvmDefinition;
import org.actium.deployment.model.Launch;
import org.actium.deployment.model.VirtualNodeDefinition;

/** Says what a word of the language means, and what an id of a descriptor stands for. */
final class Explanation {

    private final Grammar grammar;

    Explanation(Grammar grammar) {
        this.grammar = grammar;
    }

    /** @param word name of an element */
    Optional<String> ofLanguage(String word) {
        var rules = new LinkedHashMap<String, ElementRule>();
        if (word.equals(Grammar.ROOT)) {
            rules.put(grammar.root().type(), grammar.root());
        }
        for (ElementRule parent : grammar.types().values()) {
            grammar.child(parent, word).ifPresent(rule -> rules.putIfAbsent(rule.type(), rule));
        }
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        var text = new StringBuilder();
        rules.values().forEach(rule -> describe(word, rule, text));
        return Optional.of(text.toString());
    }

    private void describe(String word, ElementRule rule, StringBuilder text) {
        text.append('<').append(word).append("> since ").append(rule.since());
        rule.bundle().ifPresent(bundle -> text.append(", by ").append(bundle));
        var parents = new TreeSet<String>();
        for (ElementRule parent : grammar.types().values()) {
            if (rule.type().equals(parent.children().get(word))) {
                parents.addAll(namesOf(parent));
            }
        }
        text.append('\n').append("  ").append(rule.documentation()).append('\n');
        if (!parents.isEmpty()) {
            text.append("  in: ").append(String.join(", ", parents)).append('\n');
        }
        for (AttributeRule attribute : rule.attributes().values()) {
            text.append("  @").append(attribute.name());
            text.append(attribute.required() ? ", required" : "");
            attribute
                    .defaultValue()
                    .ifPresent(value -> text.append(", ").append(value).append(" if absent"));
            text.append(": ").append(attribute.documentation()).append('\n');
        }
        if (!rule.children().isEmpty()) {
            text.append("  holds: ")
                    .append(String.join(", ", rule.children().keySet()))
                    .append('\n');
        }
        rule.example().ifPresent(example -> text.append("  example:\n").append(example.indent(4)));
    }

    private List<String> namesOf(ElementRule rule) {
        if (rule == grammar.root()) {
            return List.of(Grammar.ROOT);
        }
        var names = new TreeSet<String>();
        for (ElementRule parent : grammar.types().values()) {
            parent.children().forEach((name, type) -> {
                if (type.equals(rule.type())) {
                    names.add(name);
                }
            });
        }
        return List.copyOf(names);
    }

    /** @return empty if nothing in the descriptor is called so */
    static Optional<String> ofDescriptor(String id, Descriptor descriptor) {
        var lines = new ArrayList<String>();
        descriptor.contract().stream()
                .filter(variable -> variable.name().equals(id))
                .forEach(variable -> lines.add("variable " + id + " = " + variable.value() + ", a "
                        + variable.kind().element() + " with its value from " + variable.origin() + ", at "
                        + variable.at()));
        descriptor.virtualNode(id).ifPresent(node -> virtualNode(node, descriptor, lines));
        Optional.ofNullable(descriptor.jvms().get(id)).ifPresent(jvm -> jvm(jvm, descriptor, lines));
        element("process", descriptor.processes().get(id), lines);
        element("service", descriptor.services().get(id), lines);
        Optional.ofNullable(descriptor.technicalServices().get(id))
                .ifPresent(service -> lines.add(
                        "technical service " + id + ": " + service.use().service() + " "
                                + service.use().arguments() + ", at " + service.at() + usedBy(id, descriptor)));
        Optional.ofNullable(descriptor.nodeProviders().get(id))
                .ifPresent(provider -> lines.add("node provider " + id + " with "
                        + provider.deployments().stream()
                                .mapToInt(deployment -> deployment.branches().size()
                                        + deployment.acquisitions().size())
                                .sum()
                        + " ways to runtimes, at " + provider.at()));
        Optional.ofNullable(descriptor.application().mains().get(id))
                .ifPresent(main -> lines.add("main " + id + ": class " + main.type() + ", at " + main.at()));
        Optional.ofNullable(descriptor.application().fileTransfers().get(id))
                .ifPresent(transfer -> lines.add(
                        "file transfer " + id + " of " + transfer.items().size() + " items, at " + transfer.at()));
        descriptor.obstacles().stream()
                .filter(obstacle -> obstacle.message().contains("'" + id + "'"))
                .forEach(obstacle -> lines.add("obstacle: " + obstacle));
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines) + "\n");
    }

    /** @param definition null if there is none */
    private static void element(String sort, ElementDefinition definition, List<String> lines) {
        if (definition != null) {
            lines.add(sort + " " + definition.id() + ": "
                    + (definition.element() instanceof Launch launch
                            ? launch.text()
                            : definition.element().elementName())
                    + ", at " + definition.at());
        }
    }

    private static void virtualNode(VirtualNodeDefinition node, Descriptor descriptor, List<String> lines) {
        lines.add("virtual node " + node.name() + ", " + node.cardinality() + ", ready within "
                + node.timeout().toMillis() + " ms, at " + node.at());
        for (String jvm : node.jvms()) {
            Optional.ofNullable(descriptor.jvms().get(jvm)).ifPresent(definition -> jvm(definition, descriptor, lines));
        }
        if (node.currentJvm()) {
            lines.add("one node in the runtime that deploys");
        }
        node.technicalServices().forEach(service -> lines.add("technical service " + service));
    }

    private static void jvm(JvmDefinition jvm, Descriptor descriptor, List<String> lines) {
        lines.add("jvm " + jvm.name() + ": " + jvm.runtimes() + " × "
                + jvm.origin().reference() + " with " + jvm.nodes() + " nodes, at " + jvm.at());
        element("process", descriptor.processes().get(jvm.origin().reference()), lines);
    }

    private static String usedBy(String service, Descriptor descriptor) {
        List<String> users = descriptor.virtualNodes().values().stream()
                .filter(node -> node.technicalServices().contains(service))
                .map(VirtualNodeDefinition::name)
                .toList();
        return users.isEmpty() ? "" : ", for " + String.join(", ", users);
    }
}
