package org.actium.deployment.descriptor;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.actium.deployment.model.SecurityPolicy;
import org.actium.deployment.model.SecurityPolicy.Entity;
import org.actium.deployment.model.SecurityPolicy.Message;
import org.actium.deployment.model.SecurityPolicy.Requirement;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Reads security policies: those in the descriptor, and those in files that it names. */
final class PolicyReader {

    private final Document document;
    private final Document.Language language;
    private final ProblemList problems;
    private final Problems obstacles;

    /** @param obstacles for files that cannot be read: what else the descriptor says can be read and planned without */
    PolicyReader(Document document, Document.Language language, ProblemList problems, Problems obstacles) {
        this.document = document;
        this.language = language;
        this.problems = problems;
        this.obstacles = obstacles;
    }

    /** The policy of a document, which has one at most. */
    Optional<SecurityPolicy> read(XmlElement root) {
        var policies = root.children("security").stream()
                .flatMap(security -> security(security).stream())
                .toList();
        var all = root.children("policy").stream().map(this::policy).toList();
        if (policies.size() + all.size() > 1) {
            problems.report(root.at(), "the descriptor has several security policies; keep one");
        }
        return policies.isEmpty() ? all.stream().findFirst() : Optional.of(policies.getFirst());
    }

    private List<SecurityPolicy> security(XmlElement security) {
        List<SecurityPolicy> inside =
                security.children("policy").stream().map(this::policy).toList();
        List<SecurityPolicy> files = security.children("file").stream()
                .flatMap(file -> file.attribute("uri").stream())
                .map(uri -> inFile(uri, security))
                .toList();
        Optional<SecurityPolicy> attribute = security.attribute("file").map(file -> inFile(file, security));
        if (inside.size() + files.size() + (attribute.isPresent() ? 1 : 0) != 1) {
            problems.report(
                    security.at(),
                    "'security' needs one policy: <file uri='…'/>, or the policy itself; there are "
                            + (inside.size() + files.size() + (attribute.isPresent() ? 1 : 0)));
        }
        return attribute.map(List::of).orElse(files.isEmpty() ? inside : files);
    }

    private SecurityPolicy inFile(String location, XmlElement security) {
        Includes.Included file;
        try {
            file = language.includes().read(security.at().source(), location);
        } catch (IOException unreadable) {
            obstacles.report(
                    security.at(),
                    "the security policy '" + Spelling.shortened(location) + "' is not known: "
                            + unreadable.getMessage());
            return SecurityPolicy.in(location, security.at());
        }
        Optional<Document> inner =
                Document.read(file.name(), file.content(), document.variables().inner(), language, problems);
        List<XmlElement> policies =
                inner.map(read -> read.root().children("policy")).orElse(List.of());
        if (inner.isPresent() && policies.size() != 1) {
            problems.report(
                    inner.get().root().at(),
                    "the file is to hold one security policy, <Policy>; it holds " + policies.size());
        }
        return policies.stream()
                .findFirst()
                .map(policy -> policy(policy, Optional.of(location)))
                .orElseGet(() -> SecurityPolicy.in(location, security.at()));
    }

    private SecurityPolicy policy(XmlElement policy) {
        return policy(policy, Optional.empty());
    }

    private SecurityPolicy policy(XmlElement policy, Optional<String> file) {
        return new SecurityPolicy(
                file,
                policy.child("applicationName").map(PolicyReader::value).or(() -> policy.attribute("applicationName")),
                policy.child("keyStore").map(PolicyReader::value),
                values(policy.children("certificate")),
                certificates(policy, "certificationAuthority"),
                certificates(policy, "trustedCertificationAuthority"),
                policy.children("rule").stream().map(this::rule).toList(),
                policy.children("accessRights").stream()
                        .flatMap(rights -> rights.children("entity").stream())
                        .map(PolicyReader::entity)
                        .toList(),
                policy.at());
    }

    private static List<String> certificates(XmlElement policy, String authority) {
        return policy.children(authority).stream()
                .flatMap(element -> values(element.children("certificate")).stream())
                .toList();
    }

    private static List<String> values(List<XmlElement> elements) {
        return elements.stream().map(PolicyReader::value).toList();
    }

    private SecurityPolicy.Rule rule(XmlElement rule) {
        Optional<XmlElement> communication = rule.child("communication");
        return new SecurityPolicy.Rule(
                entities(rule, "from"),
                entities(rule, "to"),
                message(communication, "request"),
                message(communication, "reply"),
                permission(rule, "migration"),
                permission(rule, "creation"),
                rule.at());
    }

    private static List<Entity> entities(XmlElement rule, String side) {
        return rule.children(side).stream()
                .flatMap(element -> element.children("entity").stream())
                .map(PolicyReader::entity)
                .toList();
    }

    private static Entity entity(XmlElement entity) {
        return new Entity(
                entity.attribute("type").orElse(""), entity.attribute("name").orElse(""));
    }

    /** Attributes of the communication itself count for both directions. */
    private Message message(Optional<XmlElement> communication, String direction) {
        Optional<XmlElement> message = communication.flatMap(element -> element.child(direction));
        Optional<XmlElement> attributes = message.flatMap(element -> element.child("attributes"))
                .or(() -> communication.flatMap(element -> element.child("attributes")));
        boolean authorized = message.flatMap(element -> element.attribute("value"))
                .map(String::strip)
                .orElse("authorized")
                .equals("authorized");
        return new Message(
                authorized,
                requirement(attributes, "authentication"),
                requirement(attributes, "integrity"),
                requirement(attributes, "confidentiality"));
    }

    private static Requirement requirement(Optional<XmlElement> attributes, String name) {
        String value = attributes.flatMap(element -> element.attribute(name)).orElse("optional");
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "required" -> Requirement.REQUIRED;
            case "denied" -> Requirement.DENIED;
            default -> Requirement.OPTIONAL;
        };
    }

    /** What is not allowed is denied. */
    private boolean permission(XmlElement rule, String name) {
        Optional<XmlElement> permission = rule.child(name);
        String value = permission.map(PolicyReader::value).orElse("denied");
        if (!value.equals("authorized") && !value.equals("denied")) {
            problems.report(
                    permission.get().at(),
                    "'" + name + "' holds '" + Spelling.shortened(value) + "'; it must be 'authorized' or 'denied'");
        }
        return value.equals("authorized");
    }

    private static String value(XmlElement element) {
        return element.text().isEmpty() ? element.attribute("value").orElse("").strip() : element.text();
    }
}
