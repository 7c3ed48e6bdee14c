package org.actium.deployment.descriptor;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who may give a variable its value, and who wins. The three sources are the descriptor, the program (or the command
 * line) and Java's system properties.
 */
enum VariableKind {
    DESCRIPTOR("descriptorVariable", true, false, false),
    PROGRAM("programVariable", false, true, false),
    DESCRIPTOR_DEFAULT("descriptorDefaultVariable", true, true, false),
    PROGRAM_DEFAULT("programDefaultVariable", true, true, false),
    JAVA_PROPERTY("javaPropertyVariable", false, false, true),
    JAVA_PROPERTY_DESCRIPTOR_DEFAULT("javaPropertyDescriptorDefault", true, true, true),
    JAVA_PROPERTY_PROGRAM_DEFAULT("javaPropertyProgramDefault", true, true, true);

    static final Map<String, VariableKind> BY_ELEMENT =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(kind -> kind.element, Function.identity()));

    private final String element;
    private final boolean setByDescriptor;
    private final boolean setByProgram;
    private final boolean setByProperty;

    VariableKind(String element, boolean setByDescriptor, boolean setByProgram, boolean setByProperty) {
        this.element = element;
        this.setByDescriptor = setByDescriptor;
        this.setByProgram = setByProgram;
        this.setByProperty = setByProperty;
    }

    String element() {
        return element;
    }

    boolean setByDescriptor() {
        return setByDescriptor;
    }

    boolean setByProgram() {
        return setByProgram;
    }

    boolean setByProperty() {
        return setByProperty;
    }

    /** Whether the descriptor has to give a value where it declares the variable. */
    boolean neededFromDescriptor() {
        return switch (this) {
            case DESCRIPTOR, DESCRIPTOR_DEFAULT, JAVA_PROPERTY_DESCRIPTOR_DEFAULT -> true;
            case PROGRAM, PROGRAM_DEFAULT, JAVA_PROPERTY, JAVA_PROPERTY_PROGRAM_DEFAULT -> false;
        };
    }

    /** Whether the program may name the variable without giving it a value. */
    boolean emptyFromProgram() {
        return switch (this) {
            case DESCRIPTOR, JAVA_PROPERTY, JAVA_PROPERTY_DESCRIPTOR_DEFAULT -> true;
            case PROGRAM, DESCRIPTOR_DEFAULT, PROGRAM_DEFAULT, JAVA_PROPERTY_PROGRAM_DEFAULT -> false;
        };
    }

    /** The winner among the values there are; only sources that may set this kind are looked at. */
    Optional<String> choose(Optional<String> descriptor, Optional<String> program, Optional<String> property) {
        return switch (this) {
            case DESCRIPTOR -> descriptor;
            case PROGRAM -> program;
            case DESCRIPTOR_DEFAULT -> program.or(() -> descriptor);
            case PROGRAM_DEFAULT -> descriptor.or(() -> program);
            case JAVA_PROPERTY -> property;
            case JAVA_PROPERTY_DESCRIPTOR_DEFAULT ->
                property.or(() -> descriptor).or(() -> program);
            case JAVA_PROPERTY_PROGRAM_DEFAULT -> property.or(() -> program).or(() -> descriptor);
        };
    }
}
