package org.actium.deployment.descriptor.dialect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** The dialects by their roots. Immutable. */
public final class Dialects {

    private static final Pattern POLICY_NAMESPACE = Pattern.compile(PolicyDialect.NAMESPACE);

    private final Dialect own = new Dialect.Draft(
                    "a descriptor of Actium", "|urn:actium:deployment:1", "xmlns='urn:actium:deployment:1' or none")
            .dialect();
    private final Dialect proActive = ProActiveDialect.dialect();
    private final Dialect peers = PeerDialect.dialect();
    private final Map<String, Dialect> byRoot = Map.of(
            "actium",
            own,
            ProActiveDialect.ROOT,
            proActive,
            GcmDialects.APPLICATION,
            GcmDialects.application(),
            GcmDialects.DEPLOYMENT,
            GcmDialects.deployment(),
            PolicyDialect.ROOT,
            PolicyDialect.dialect(),
            PeerDialect.LIST,
            peers,
            PeerDialect.SINGLE,
            peers);

    /** Whether elements of this namespace mean the same in every dialect and need no prefix. */
    public static boolean isCommon(String namespace) {
        return POLICY_NAMESPACE.matcher(namespace).matches();
    }

    /** The document in our language; empty if its root belongs to no dialect, which was reported. */
    public Optional<Translation> translate(XmlElement root, String namespace, Problems problems) {
        Dialect dialect = byRoot.get(root.name());
        if (dialect == null) {
            problems.report(
                    root.at(),
                    "the root is '" + Spelling.shortened(root.name()) + "'"
                            + Spelling.hint(root.name(), new TreeSet<>(byRoot.keySet())));
            return Optional.empty();
        }
        if (!dialect.hasNamespace(namespace)) {
            problems.report(
                    root.at(),
                    "the namespace '" + Spelling.shortened(namespace) + "' is not that of " + dialect.description()
                            + "; write " + dialect.namespaceHint());
        }
        var translator = new Translator(dialect, problems);
        XmlElement translated = translator.translated(root, "").getFirst();
        XmlElement document = switch (translated.name()) {
            case "actium" -> translated;
            case "configuration" -> around("actium", around("peerToPeer", translated));
            default -> around("actium", translated);
        };
        return Optional.of(new Translation(dialect.description(), document, translator.spellings(), dialect.words()));
    }

    /** A file that is included: its root {@code variables} in our language. */
    public XmlElement variables(XmlElement root, Problems problems) {
        List<XmlElement> translated = new Translator(proActive, problems).translated(root, ProActiveDialect.ROOT);
        return translated.size() == 1 ? translated.getFirst() : root;
    }

    private static XmlElement around(String name, XmlElement element) {
        return new XmlElement(name, Map.of(), List.of(element), "", element.at());
    }
}
