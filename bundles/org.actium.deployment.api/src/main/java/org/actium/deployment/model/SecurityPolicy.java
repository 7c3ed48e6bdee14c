package org.actium.deployment.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who may do what, and how safely.
 *
 * @param file where it is, if it is not in the descriptor; all else is empty if that cannot be read
 * @param accessRights who may use the application
 */
public record SecurityPolicy(
        Optional<String> file,
        Optional<String> applicationName,
        Optional<String> keyStore,
        List<String> certificates,
        List<String> authorities,
        List<String> trustedAuthorities,
        List<Rule> rules,
        List<Entity> accessRights,
        SourcePosition at) {

    public SecurityPolicy {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(applicationName, "applicationName");
        Objects.requireNonNull(keyStore, "keyStore");
        certificates = List.copyOf(certificates);
        authorities = List.copyOf(authorities);
        trustedAuthorities = List.copyOf(trustedAuthorities);
        rules = List.copyOf(rules);
        accessRights = List.copyOf(accessRights);
        Objects.requireNonNull(at, "at");
    }

    /** A policy in a file that cannot be read. */
    public static SecurityPolicy in(String file, SourcePosition at) {
        return new SecurityPolicy(
                Optional.of(file),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                at);
    }

    /**
     * What entities may do to others.
     *
     * @param migration whether objects may move between them
     * @param creation whether objects may be created there
     */
    public record Rule(
            List<Entity> from,
            List<Entity> to,
            Message request,
            Message reply,
            boolean migration,
            boolean creation,
            SourcePosition at) {

        public Rule {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /** Somebody or something: of a type, with a name. */
    public record Entity(String type, String name) {}

    /** Messages in one direction. */
    public record Message(
            boolean authorized, Requirement authentication, Requirement integrity, Requirement confidentiality) {}

    /** Whether a property is a must, a may, or a must not. */
    public enum Requirement {
        REQUIRED,
        OPTIONAL,
        DENIED
    }
}
