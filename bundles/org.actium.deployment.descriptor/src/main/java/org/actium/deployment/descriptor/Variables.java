package org.actium.deployment.descriptor;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.model.Variable;
import org.actium.deployment.model.Variable.Origin;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/**
 * The variables of one reading of one descriptor. Declarations come first, in the order of the document; then the
 * references are replaced. The value a variable is declared with may refer to variables declared before it.
 *
 * <p>Differs from the original: there may be several contracts at a time, a value may contain any character, and a
 * variable that only the program knows needs no declaration.
 */
final class Variables {

    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.]+");

    /** Characters that all replacements of a descriptor may add up to. */
    private static final int LARGEST_EXPANSION = 32 << 20;

    private static final int LONGEST_VALUE = 1 << 16;

    private final Map<String, String> fromProgram;
    private final Map<String, VariableKind> kindsOfProgram;
    private final UnaryOperator<String> properties;
    private final ProblemList problems;

    private final Map<String, VariableKind> kinds = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Variable> contract = new LinkedHashMap<>();
    private final Set<String> used;
    private boolean incomplete;
    private int failures; // references that could not be replaced
    private long expanded;

    /**
     * @param fromProgram values from the program or the command line
     * @param kindsOfProgram what the program declares some of them as
     * @param properties the Java system property of a name, or null
     */
    Variables(
            Map<String, String> fromProgram,
            Map<String, VariableKind> kindsOfProgram,
            UnaryOperator<String> properties,
            ProblemList problems) {
        this(fromProgram, kindsOfProgram, properties, problems, new HashSet<>());
    }

    private Variables(
            Map<String, String> fromProgram,
            Map<String, VariableKind> kindsOfProgram,
            UnaryOperator<String> properties,
            ProblemList problems,
            Set<String> used) {
        this.fromProgram = new TreeMap<>(fromProgram);
        this.kindsOfProgram = new TreeMap<>(kindsOfProgram);
        this.properties = properties;
        this.problems = problems;
        this.used = used;
    }

    /**
     * The variables of a descriptor that this one refers to: one contract with these. To be called when these are
     * closed.
     */
    Variables inner() {
        var inner = new Variables(fromProgram, kindsOfProgram, properties, problems, used);
        inner.kinds.putAll(kinds);
        inner.values.putAll(values);
        inner.contract.putAll(contract);
        inner.incomplete = incomplete;
        return inner;
    }

    /** One of the seven kinds of declaration. */
    void declare(VariableKind kind, XmlElement declaration) {
        String name = declaration.attributes().get("name");
        SourcePosition at = declaration.at();
        if (!NAME.matcher(name).matches()) {
            problems.report(
                    at,
                    "'" + Spelling.shortened(name)
                            + "' cannot be the name of a variable; use letters, digits, '_' and '.' only");
            return;
        }
        declare(kind, name, declaration.attribute("value").orElse(""), at);
    }

    /** @param given value in the descriptor, empty for none */
    void declare(VariableKind kind, String name, String given, SourcePosition at) {
        VariableKind earlier = kinds.putIfAbsent(name, kind);
        if (earlier != null && earlier != kind) {
            problems.report(
                    at,
                    "variable '" + name + "' is declared as " + kind.element() + " here and as " + earlier.element()
                            + " before; keep one");
            return;
        }
        VariableKind other = kindsOfProgram.getOrDefault(name, kind);
        if (other != kind) {
            problems.report(
                    at,
                    "variable '" + name + "' is declared as " + kind.element() + " here and as " + other.element()
                            + " by the program; both must say the same");
            return;
        }
        int before = failures;
        String descriptor = replaced(given, at);
        if (failures > before) {
            return; // was reported; where the variable is used nothing more is
        }
        decide(kind, name, Optional.of(descriptor), at);
    }

    /** @param descriptor what the descriptor says; empty if it does not declare the variable */
    private void decide(VariableKind kind, String name, Optional<String> descriptor, SourcePosition at) {
        var candidates = new EnumMap<Origin, String>(Origin.class);
        descriptor.ifPresent(value -> candidates.put(Origin.DESCRIPTOR, value));
        if (fromProgram.containsKey(name)) {
            candidates.put(Origin.PROGRAM, fromProgram.get(name));
        }
        Optional.ofNullable(properties.apply(name)).ifPresent(value -> candidates.put(Origin.JAVA_PROPERTY, value));
        Optional<String> violation = violation(kind, name, candidates);
        if (violation.isPresent()) {
            problems.report(at, kind.element() + " '" + name + "' " + violation.get());
            return;
        }
        kind.priority().stream()
                .filter(origin -> !candidates.getOrDefault(origin, "").isEmpty())
                .findFirst()
                .ifPresentOrElse(
                        origin -> put(new Variable(name, kind.kind(), candidates.get(origin), origin, at)),
                        () -> problems.report(
                                at, kind.element() + " '" + name + "' has no value; " + sourceOf(kind, name)));
    }

    private void put(Variable variable) {
        values.put(variable.name(), variable.value());
        contract.put(variable.name(), variable);
    }

    /** What is wrong with who gave it a value and who did not. */
    private static Optional<String> violation(VariableKind kind, String name, Map<Origin, String> candidates) {
        String descriptor = candidates.get(Origin.DESCRIPTOR);
        String program = candidates.get(Origin.PROGRAM);
        if (descriptor != null && !descriptor.isEmpty() && !kind.mayBeSetBy(Origin.DESCRIPTOR)) {
            return Optional.of("may have no value in the descriptor; " + sourceOf(kind, name));
        }
        if (descriptor != null && descriptor.isEmpty() && !kind.mayBeLeftEmptyBy(Origin.DESCRIPTOR)) {
            return Optional.of("needs a value in the descriptor");
        }
        if (program == null) {
            return Optional.empty();
        }
        if (!program.isEmpty() && !kind.mayBeSetBy(Origin.PROGRAM)) {
            return Optional.of("was given the value '" + Spelling.shortened(program)
                    + "' by the program or command line, which may not set it; "
                    + (kind == VariableKind.DESCRIPTOR_ONLY
                            ? "declare it as descriptorDefaultVariable to allow that"
                            : sourceOf(kind, name)));
        }
        return program.isEmpty() && !kind.mayBeLeftEmptyBy(Origin.PROGRAM)
                ? Optional.of("was given an empty value by the program or command line")
                : Optional.empty();
    }

    /**
     * Some declarations could not be read, which was reported; so nothing is known about names that are not declared.
     */
    void declarationsAreMissing() {
        incomplete = true;
    }

    /** To be called when all is declared: what only the program knows counts as declared by it. */
    void close(SourcePosition root) {
        kindsOfProgram.forEach((name, kind) -> {
            if (NAME.matcher(name).matches() && kinds.putIfAbsent(name, kind) == null) {
                decide(kind, name, Optional.empty(), root);
            }
        });
        fromProgram.forEach((name, value) -> {
            if (!kinds.containsKey(name)
                    && !value.isEmpty()
                    && NAME.matcher(name).matches()) {
                put(new Variable(name, Variable.Kind.UNDECLARED, value, Origin.PROGRAM, root));
            }
        });
    }

    /**
     * The element with all its references to variables replaced; those that cannot be are reported and left as they
     * are.
     */
    XmlElement replaced(XmlElement element) {
        var attributes = new LinkedHashMap<String, String>();
        element.attributes().forEach((name, value) -> attributes.put(name, replaced(value, element.at())));
        List<XmlElement> children =
                element.children().stream().map(this::replaced).toList();
        return new XmlElement(
                element.name(), attributes, children, replaced(element.text(), element.at()), element.at());
    }

    /** Reports values that were given for nothing. To be called at the end. */
    void reportUnused(SourcePosition root) {
        for (String name : fromProgram.keySet()) {
            if (!kinds.containsKey(name) && !used.contains(name) && !incomplete) {
                problems.report(
                        root,
                        "variable '" + Spelling.shortened(name)
                                + "' was given a value, but the descriptor neither declares nor uses it"
                                + (kinds.isEmpty() ? "" : Spelling.hint(name, kinds.keySet())));
            }
        }
    }

    /** Every variable that has a value, in the order of declaration. */
    Map<String, String> values() {
        return Collections.unmodifiableMap(values);
    }

    /** How they came to their values. */
    List<Variable> contract() {
        return List.copyOf(contract.values());
    }

    /** The text with its references replaced. */
    String replaced(String text, SourcePosition at) {
        int reference = text.indexOf("${");
        if (reference < 0) {
            return text;
        }
        var result = new StringBuilder();
        int done = 0;
        while (reference >= 0) {
            result.append(text, done, reference);
            int end = text.indexOf('}', reference);
            if (end < 0) {
                failures++;
                problems.report(at, "'" + Spelling.shortened(text.substring(reference)) + "' lacks its closing '}'");
                return text;
            }
            done = end + 1;
            result.append(value(text.substring(reference, done), at));
            if (result.length() > LONGEST_VALUE || expanded > LARGEST_EXPANSION) {
                failures++;
                problems.report(
                        at,
                        "the variables here become too long; the limit is " + LONGEST_VALUE + " characters a value and "
                                + LARGEST_EXPANSION + " in all");
                return "";
            }
            reference = text.indexOf("${", done);
        }
        return result.append(text, done, text.length()).toString();
    }

    /** @param reference with dollar and braces */
    private String value(String reference, SourcePosition at) {
        String name = reference.substring(2, reference.length() - 1);
        used.add(name);
        String value = values.get(name);
        if (value != null) {
            expanded += value.length();
            return value;
        }
        if (!kinds.containsKey(name) && !incomplete) {
            reportUndeclared(name, at);
        }
        failures++;
        problems.leftUnresolved(at, reference);
        return reference;
    }

    private void reportUndeclared(String name, SourcePosition at) {
        Matcher legal = NAME.matcher(name);
        if (!legal.matches()) {
            problems.report(
                    at,
                    "'${" + Spelling.shortened(name)
                            + "}' names no variable; names have letters, digits, '_' and '.' only");
            return;
        }
        problems.report(
                at,
                "variable '" + Spelling.shortened(name) + "' is not declared"
                        + Spelling.nearest(name, kinds.keySet())
                                .map(meant -> "; did you mean '" + meant + "'?")
                                .orElse("; declare it in 'variables', or pass --var " + Spelling.shortened(name)
                                        + "=…"));
    }

    private static String sourceOf(VariableKind kind, String name) {
        return switch (kind) {
            case DESCRIPTOR_ONLY, DESCRIPTOR_DEFAULT, JAVA_PROPERTY_DESCRIPTOR_DEFAULT -> "write it in the descriptor";
            case PROGRAM_ONLY -> "pass --var " + name + "=…";
            case PROGRAM_DEFAULT -> "pass --var " + name + "=…, or write it in the descriptor";
            case JAVA_PROPERTY_ONLY -> "it comes from the Java system property '" + name + "' only";
            case JAVA_PROPERTY_PROGRAM_DEFAULT ->
                "set the Java system property '" + name + "', or pass --var " + name + "=…";
        };
    }
}
