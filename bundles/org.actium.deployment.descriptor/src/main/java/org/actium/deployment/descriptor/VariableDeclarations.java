package org.actium.deployment.descriptor;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.actium.deployment.descriptor.dialect.Dialects;
import org.actium.deployment.spi.ElementShape;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Reads {@code variables} and the files it includes. */
final class VariableDeclarations {

    private static final ElementShape DECLARATION =
            ElementShape.EMPTY.requiring("name").allowing("value");
    private static final ElementShape INCLUDE = ElementShape.EMPTY.requiring("location");
    private static final Set<String> KNOWN = known();

    private final Variables variables;
    private final Dialects dialects;
    private final Includes includes;
    private final Problems problems;
    private final Set<String> reading = new HashSet<>();

    VariableDeclarations(Variables variables, Dialects dialects, Includes includes, Problems problems) {
        this.variables = variables;
        this.dialects = dialects;
        this.includes = includes;
        this.problems = problems;
    }

    /** @param block {@code variables} in present spelling, references not replaced */
    void read(XmlElement block) {
        ElementShape.EMPTY.containing(KNOWN.toArray(String[]::new)).check(block, problems);
        for (XmlElement declaration : block.children()) {
            VariableKind kind = VariableKind.BY_ELEMENT.get(declaration.name());
            if (kind != null) {
                if (DECLARATION.check(declaration, problems)) {
                    variables.declare(kind, declaration);
                }
            } else if (KNOWN.contains(declaration.name()) && INCLUDE.check(declaration, problems)) {
                include(declaration);
            }
        }
    }

    private void include(XmlElement include) {
        String location = variables.replaced(include.attributes().get("location"), include.at());
        Includes.Included file;
        try {
            file = includes.read(include.at().source(), location);
        } catch (IOException unreadable) {
            problems.report(include.at(), include.name() + ": " + unreadable.getMessage());
            variables.declarationsAreMissing();
            return;
        }
        if (include.name().equals("includePropertyFile")) {
            declareProperties(file, include);
        } else if (reading.add(file.name())) {
            readVariables(file, include);
            reading.remove(file.name());
        } else {
            problems.report(include.at(), "'" + file.name() + "' includes itself");
        }
    }

    private void readVariables(Includes.Included file, XmlElement include) {
        if (reading.size() > XmlTree.DEEPEST) {
            problems.report(include.at(), "more than " + XmlTree.DEEPEST + " files include each other");
            return;
        }
        Optional<XmlElement> block = XmlTree.read(file.name(), file.content(), problems)
                .map(included -> dialects.variables(included.root(), problems));
        block.filter(root -> !root.name().equals("variables"))
                .ifPresent(root -> problems.report(
                        root.at(),
                        "the root of an included file is 'variables', not '" + Spelling.shortened(root.name()) + "'"));
        block.filter(root -> root.name().equals("variables"))
                .ifPresentOrElse(this::read, variables::declarationsAreMissing);
    }

    /**
     * Each property is a variable fixed by the descriptor; in the order of the file, since one may refer to another.
     */
    private void declareProperties(Includes.Included file, XmlElement include) {
        var inOrder = new LinkedHashMap<String, String>();
        var properties = new Properties() {
            @Override
            public Object put(Object name, Object value) {
                return inOrder.put((String) name, (String) value);
            }
        };
        try {
            properties.load(new StringReader(new String(file.content(), StandardCharsets.ISO_8859_1)));
        } catch (IOException | IllegalArgumentException malformed) {
            problems.report(include.at(), "'" + file.name() + "' is no property file: " + malformed.getMessage());
            variables.declarationsAreMissing();
            return;
        }
        inOrder.forEach((name, value) -> {
            if (Variables.NAME.matcher(name).matches()) {
                variables.declare(VariableKind.DESCRIPTOR_ONLY, name, value, include.at());
            } else {
                problems.report(
                        include.at(),
                        "'" + file.name() + "' has the property '" + Spelling.shortened(name)
                                + "', which cannot be the name of a variable");
            }
        });
    }

    private static Set<String> known() {
        var known = new HashSet<>(VariableKind.BY_ELEMENT.keySet());
        known.add("includeXMLFile");
        known.add("includePropertyFile");
        return Set.copyOf(known);
    }
}
