package org.actium.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.actium.deployment.descriptor.grammar.AttributeRule;
import org.actium.deployment.descriptor.grammar.ElementRule;
import org.actium.deployment.descriptor.grammar.Grammar;
import org.actium.deployment.descriptor.grammar.GrammarCheck;
import org.actium.deployment.spi.XmlElement;
import org.junit.Test;

/** The reference page is made from the schema: {@code -Dactium.write=true} writes it anew. */
public class ReferencePageTest {

    private final Grammar grammar = Reading.GRAMMAR;

    @Test
    public void thePageSaysWhatTheSchemaSays() throws IOException {
        Path page = Repository.root().resolve("docs/descriptor-reference.md");
        if (Boolean.getBoolean("actium.write")) {
            Files.writeString(page, written());
        }
        assertThat(Files.readString(page))
                .as("docs/descriptor-reference.md is stale; run this test with -Dactium.write=true and commit the page")
                .isEqualTo(written());
    }

    private String written() {
        var page = new StringBuilder("""
                # Elements of descriptors

                Generated from [actium-deployment.xsd](../descriptors/actium-deployment.xsd), which editors complete from. All
                elements are in the namespace `urn:actium:deployment:1` and may stand in any order. Any value may hold
                variables, `${NAME}`. *Since* names the first language that had the element; what the dialects call it
                otherwise is brought to these names when a descriptor is read, and by `actium convert`.
                """);
        names().forEach((type, names) -> element(type, names, page));
        return page.toString();
    }

    /** By type, in the order of the schema, what elements of it are called. */
    private Map<String, TreeSet<String>> names() {
        var names =
                new TreeMap<String, TreeSet<String>>((first, second) -> Integer.compare(order(first), order(second)));
        names.computeIfAbsent(grammar.root().type(), type -> new TreeSet<>()).add(Grammar.ROOT);
        grammar.types()
                .values()
                .forEach(parent -> parent.children()
                        .forEach((name, type) -> names.computeIfAbsent(type, t -> new TreeSet<>())
                                .add(name)));
        return names;
    }

    private int order(String type) {
        return List.copyOf(grammar.types().keySet()).indexOf(type);
    }

    private void element(String type, TreeSet<String> names, StringBuilder page) {
        ElementRule rule = grammar.types().get(type);
        page.append("\n## ").append(quoted(names)).append("\n\n");
        page.append(rule.documentation()).append(" Since ").append(rule.since());
        rule.bundle().ifPresent(bundle -> page.append("; by `").append(bundle).append('`'));
        page.append(rule.text() ? ". Holds text.\n" : ".\n");
        if (!rule.attributes().isEmpty()) {
            page.append("\n| attribute | if absent | meaning |\n|---|---|---|\n");
            rule.attributes().values().forEach(attribute -> page.append(row(attribute)));
        }
        if (!rule.children().isEmpty()) {
            page.append("\nHolds ")
                    .append(quoted(new TreeSet<>(rule.children().keySet())))
                    .append(".\n");
        }
        rule.example()
                .ifPresentOrElse(
                        example -> page.append("\n```xml\n").append(example).append("\n```\n"),
                        () -> exampleOf(names)
                                .ifPresent(other -> page.append("\nThe example of `")
                                        .append(other)
                                        .append("` has one.\n")));
    }

    /** Where an element that has no example of its own is in that of another. */
    private Optional<String> exampleOf(Set<String> names) {
        return names().entrySet().stream()
                .filter(entry -> grammar.types()
                        .get(entry.getKey())
                        .example()
                        .filter(example ->
                                names.stream().anyMatch(name -> example.matches("(?s).*<" + name + "[\\s/>].*")))
                        .isPresent())
                .map(entry -> entry.getValue().first())
                .findFirst();
    }

    @Test
    public void everyElementIsInAnExampleThatTheGrammarAllows() {
        var problems = new ProblemList("example");
        names().forEach((type, names) -> {
            ElementRule rule = grammar.types().get(type);
            assertThat(rule.example().isPresent() || exampleOf(names).isPresent())
                    .as(names + " is in an example")
                    .isTrue();
            rule.example()
                    .flatMap(example -> XmlTree.read(names.first(), example.getBytes(StandardCharsets.UTF_8), problems))
                    .ifPresent(tree -> new GrammarCheck(grammar, XmlElement::name, Set.of(), name -> false, problems)
                            .check(tree.root(), rule));
        });
        assertThat(problems.sorted()).isEmpty();
    }

    private static String row(AttributeRule attribute) {
        String absent = attribute.required()
                ? "required"
                : attribute.defaultValue().map(value -> "`" + value + "`").orElse("");
        String values = attribute.value().words().isEmpty()
                ? ""
                : " One of "
                        + attribute.value().words().stream()
                                .map(word -> "`" + word + "`")
                                .collect(Collectors.joining(", "))
                        + ".";
        return "| `" + attribute.name() + "` | " + absent + " | " + attribute.documentation() + values + " |\n";
    }

    private static String quoted(TreeSet<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
