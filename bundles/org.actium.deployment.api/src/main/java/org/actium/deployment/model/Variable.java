package org.actium.deployment.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * A variable with the value it was resolved to.
 *
 * @param origin who gave the value
 * @param at where it is declared
 */
public record Variable(String name, Kind kind, String value, Origin origin, SourcePosition at) implements Serializable {

    public Variable {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(at, "at");
    }

    /** Who may give it a value, and who wins. */
    public enum Kind {
        DESCRIPTOR("descriptorVariable"),
        PROGRAM("programVariable"),
        DESCRIPTOR_DEFAULT("descriptorDefaultVariable"),
        PROGRAM_DEFAULT("programDefaultVariable"),
        JAVA_PROPERTY("javaPropertyVariable"),
        JAVA_PROPERTY_DESCRIPTOR_DEFAULT("javaPropertyDescriptorDefault"),
        JAVA_PROPERTY_PROGRAM_DEFAULT("javaPropertyProgramDefault"),
        /** Only the program knows it; the descriptor uses it without a declaration. */
        UNDECLARED("undeclared");

        private final String element;

        Kind(String element) {
            this.element = element;
        }

        /** The element that declares it. */
        public String element() {
            return element;
        }
    }

    /** Who gave a value. */
    public enum Origin {
        DESCRIPTOR,
        /** The program, or the command line. */
        PROGRAM,
        JAVA_PROPERTY
    }
}
