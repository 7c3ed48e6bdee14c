package org.actium.deployment.descriptor;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.SourcePosition;
import org.actium.deployment.spi.DescriptorReader;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.XmlElement;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Reads descriptors written in XML: tree with positions, one spelling, variables, element readers, references, model.
 *
 * <p>Every stage goes on after a problem as far as it makes sense, so that a descriptor shows all of its problems at
 * once.
 */
@Component
public final class XmlDescriptorReader implements DescriptorReader {

    /** Readers come and go with their bundles; a descriptor is read with those there are. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            fieldOption = FieldOption.UPDATE)
    private final Collection<ElementReader> readers;

    private final UnaryOperator<String> properties;
    private final Includes includes = new FileIncludes();

    @Activate
    public XmlDescriptorReader() {
        this(List.of(), System::getProperty);
    }

    /**
     * @param readers of elements beyond {@code jvmProcess} and {@code faultTolerance}, which are always read
     * @param properties the Java system property of a name, or null
     */
    public XmlDescriptorReader(Collection<ElementReader> readers, UnaryOperator<String> properties) {
        this.readers = new CopyOnWriteArrayList<>(readers);
        this.properties = properties;
    }

    @Override
    public Descriptor read(DescriptorSource source) {
        var problems = new ProblemList(source.name());
        Descriptor descriptor = XmlTree.read(source.name(), source.xml(), problems)
                .flatMap(document -> LegacyDialect.read(document, problems))
                .map(root -> resolve(source, root, problems))
                .orElse(null);
        if (!problems.isEmpty()) {
            throw problems.toException();
        }
        return descriptor;
    }

    private Descriptor resolve(DescriptorSource source, XmlElement root, ProblemList problems) {
        var variables = new Variables(source.variables(), properties, problems);
        var declarations = new VariableDeclarations(variables, includes, problems);
        root.children("variables").forEach(declarations::read);
        variables.close();

        XmlElement body = variables.replaced(withoutVariables(root));
        var builder = new ModelBuilder(Skeleton.of(body, problems), new Elements(readers), problems);
        Descriptor descriptor = builder.build(source.name(), variables.values());
        variables.reportUnused(
                new SourcePosition(source.name(), root.at().line(), root.at().column()));
        return descriptor;
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
