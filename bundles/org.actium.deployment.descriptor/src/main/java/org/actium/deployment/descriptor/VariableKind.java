package org.actium.deployment.descriptor;

import static org.actium.deployment.model.Variable.Origin.DESCRIPTOR;
import static org.actium.deployment.model.Variable.Origin.JAVA_PROPERTY;
import static org.actium.deployment.model.Variable.Origin.PROGRAM;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actium.deployment.model.Variable.Kind;
import org.actium.deployment.model.Variable.Origin;

/**
 * Who may give a variable its value, who may name it without giving one, and who wins. The three sources are the
 * descriptor, the program (or the command line) and Java's system properties.
 */
enum VariableKind {
    DESCRIPTOR_ONLY(Kind.DESCRIPTOR, List.of(DESCRIPTOR), EnumSet.of(PROGRAM)),
    PROGRAM_ONLY(Kind.PROGRAM, List.of(PROGRAM), EnumSet.of(DESCRIPTOR)),
    DESCRIPTOR_DEFAULT(Kind.DESCRIPTOR_DEFAULT, List.of(PROGRAM, DESCRIPTOR), EnumSet.noneOf(Origin.class)),
    PROGRAM_DEFAULT(Kind.PROGRAM_DEFAULT, List.of(DESCRIPTOR, PROGRAM), EnumSet.noneOf(Origin.class)),
    JAVA_PROPERTY_ONLY(Kind.JAVA_PROPERTY, List.of(JAVA_PROPERTY), EnumSet.of(PROGRAM, DESCRIPTOR)),
    JAVA_PROPERTY_DESCRIPTOR_DEFAULT(
            Kind.JAVA_PROPERTY_DESCRIPTOR_DEFAULT, List.of(JAVA_PROPERTY, DESCRIPTOR, PROGRAM), EnumSet.of(PROGRAM)),
    JAVA_PROPERTY_PROGRAM_DEFAULT(
            Kind.JAVA_PROPERTY_PROGRAM_DEFAULT, List.of(JAVA_PROPERTY, PROGRAM, DESCRIPTOR), EnumSet.of(DESCRIPTOR));

    static final Map<String, VariableKind> BY_ELEMENT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(VariableKind::element, Function.identity()));

    private final Kind kind;
    private final List<Origin> priority;
    private final Set<Origin> empty;

    /**
     * @param priority those that may give a value, the winner first
     * @param empty those that may name it without a value
     */
    VariableKind(Kind kind, List<Origin> priority, Set<Origin> empty) {
        this.kind = kind;
        this.priority = priority;
        this.empty = empty;
    }

    /** Empty for a variable that is not declared. */
    static Optional<VariableKind> of(Kind kind) {
        return Arrays.stream(values()).filter(known -> known.kind == kind).findFirst();
    }

    Kind kind() {
        return kind;
    }

    String element() {
        return kind.element();
    }

    /** Those that may give it a value, the winner first. */
    List<Origin> priority() {
        return priority;
    }

    boolean mayBeSetBy(Origin origin) {
        return priority.contains(origin);
    }

    boolean mayBeLeftEmptyBy(Origin origin) {
        return empty.contains(origin);
    }
}
