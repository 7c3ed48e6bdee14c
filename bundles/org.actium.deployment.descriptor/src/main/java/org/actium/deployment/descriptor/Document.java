package org.actium.deployment.descriptor;

import java.util.Optional;
import org.actium.deployment.descriptor.dialect.Dialects;
import org.actium.deployment.descriptor.dialect.Translation;
import org.actium.deployment.descriptor.grammar.Grammar;
import org.actium.deployment.descriptor.grammar.GrammarCheck;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.XmlElement;

/**
 * A document of any dialect in our language, variables replaced and checked against the grammar.
 *
 * @param dialect what it was written in, for people
 * @param root without its variables
 */
record Document(String dialect, XmlElement root, Variables variables) {

    /** What documents are read with. */
    record Language(Grammar grammar, Dialects dialects, Includes includes, Elements elements) {}

    /** A descriptor; empty if it is none, which was reported. */
    static Optional<Document> read(String name, byte[] xml, Variables variables, Language language, Problems problems) {
        return XmlTree.read(name, xml, problems)
                .flatMap(tree -> language.dialects().translate(tree.root(), tree.namespace(), problems))
                .map(translation -> resolved(translation, variables, language, problems));
    }

    private static Document resolved(
            Translation translation, Variables variables, Language language, Problems problems) {
        XmlElement root = translation.root();
        var declarations = new VariableDeclarations(variables, language.dialects(), language.includes(), problems);
        root.children("variables").forEach(declarations::read);
        variables.close(root.at());
        XmlElement body = variables.replaced(withoutVariables(root));
        new GrammarCheck(
                        language.grammar(),
                        translation::spelling,
                        translation.words(),
                        language.elements()::reads,
                        problems)
                .check(body, language.grammar().root());
        return new Document(translation.dialect(), body, variables);
    }

    private static XmlElement withoutVariables(XmlElement root) {
        return new XmlElement(
                root.name(),
                root.attributes(),
                root.children().stream()
                        .filter(child -> !child.name().equals("variables"))
                        .toList(),
                root.text(),
                root.at());
    }
}
