package org.actium.deployment.descriptor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.actium.deployment.model.Infrastructure;
import org.actium.deployment.model.NodeProvider;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.Spelling;
import org.actium.deployment.spi.XmlElement;

/** Reads node providers: the files they name, or the resources that stand in them. */
final class ProviderReader {

    /** What only describes an application, and would be lost in a file of a node provider. */
    private static final Set<String> OF_APPLICATIONS = Set.of(
            "virtualNode",
            "acquiredVirtualNode",
            "map",
            "jvm",
            "executable",
            "mpi",
            "data",
            "nodeProvider",
            "technicalService",
            "technicalServiceDefinition",
            "mainDefinition",
            "register",
            "lookup",
            "runtime",
            "peerToPeer");

    private final Document document;
    private final Document.Language language;
    private final InfrastructureReader infrastructures;
    private final Problems problems;

    ProviderReader(
            Document document, Document.Language language, InfrastructureReader infrastructures, Problems problems) {
        this.document = document;
        this.language = language;
        this.infrastructures = infrastructures;
        this.problems = problems;
    }

    NodeProvider read(XmlElement provider) {
        String id = provider.attribute("id").orElse("");
        List<Infrastructure> deployments = new ArrayList<>();
        for (XmlElement file : provider.children("file")) {
            file.attribute("path")
                    .filter(path -> !path.isBlank())
                    .flatMap(path -> file(path, file))
                    .ifPresent(deployments::add);
        }
        if (InfrastructureReader.isIn(provider)) {
            deployments.add(infrastructures.read(provider, document.root()));
        }
        if (provider.children().isEmpty()) {
            problems.report(
                    provider.at(),
                    "nodeProvider '" + Spelling.shortened(id)
                            + "' provides nothing; give it a <file path='…'/>, or 'resources'");
        }
        return new NodeProvider(id, deployments, provider.at());
    }

    private Optional<Infrastructure> file(String path, XmlElement file) {
        Includes.Included included;
        try {
            included = language.includes().read(file.at().source(), path);
        } catch (IOException unreadable) {
            problems.report(file.at(), "file: " + unreadable.getMessage());
            return Optional.empty();
        }
        return Document.read(
                        included.name(),
                        included.content(),
                        document.variables().inner(),
                        language,
                        problems)
                .flatMap(inner -> infrastructure(inner, file));
    }

    private Optional<Infrastructure> infrastructure(Document inner, XmlElement file) {
        XmlElement root = inner.root();
        List<String> lost = root.children().stream()
                .map(XmlElement::name)
                .filter(OF_APPLICATIONS::contains)
                .distinct()
                .toList();
        if (!lost.isEmpty()) {
            problems.report(
                    file.at(),
                    "'" + root.at().source() + "' is " + inner.dialect()
                            + (inner.dialect().contains("ProActive") ? ", the old format" : "") + " with "
                            + Spelling.list(lost)
                            + "; a file of a node provider describes resources only, as a GCMDeployment does");
            return Optional.empty();
        }
        return Optional.of(infrastructures.read(root, root));
    }
}
