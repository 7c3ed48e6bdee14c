package org.actium.deployment.descriptor;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.descriptor.dialect.Dialects;
import org.actium.deployment.descriptor.grammar.Grammar;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.spi.DescriptorLanguage;
import org.actium.deployment.spi.DescriptorReader;
import org.actium.deployment.spi.ElementReader;
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
public final class XmlDescriptorReader implements DescriptorReader, DescriptorLanguage {

    /** Readers come and go with their bundles; a descriptor is read with those there are. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            fieldOption = FieldOption.UPDATE)
    private final Collection<ElementReader> readers;

    private final UnaryOperator<String> properties;
    private final IntSupplier processors;
    private final Includes includes;
    private final Grammar grammar;
    private final Dialects dialects = new Dialects();

    @Activate
    public XmlDescriptorReader() {
        this(List.of(), System::getProperty);
    }

    /**
     * @param readers of elements beyond {@code jvmProcess} and {@code faultTolerance}, which are always read
     * @param properties the Java system property of a name, or null
     */
    public XmlDescriptorReader(Collection<ElementReader> readers, UnaryOperator<String> properties) {
        this(readers, properties, Runtime.getRuntime()::availableProcessors, new FileIncludes(), Grammar.bundled());
    }

    /** @param processors how many this host has */
    XmlDescriptorReader(
            Collection<ElementReader> readers,
            UnaryOperator<String> properties,
            IntSupplier processors,
            Includes includes,
            Grammar grammar) {
        this.readers = new CopyOnWriteArrayList<>(readers);
        this.properties = properties;
        this.processors = processors;
        this.includes = includes;
        this.grammar = grammar;
    }

    @Override
    public Descriptor read(DescriptorSource source) {
        var problems = new ProblemList(source.name());
        var language = new Document.Language(
                grammar, dialects, new LimitedIncludes(includes), new Elements(readers, property(source)));
        var variables = new Variables(source.variables(), kinds(source), property(source), problems);
        Descriptor descriptor = Document.read(source.name(), source.xml(), variables, language, problems)
                .map(document -> {
                    Descriptor built = new ModelBuilder(document, language, processors, problems).build(source.name());
                    variables.reportUnused(document.root().at());
                    return built;
                })
                .orElse(null);
        if (!problems.isEmpty()) {
            throw problems.toException();
        }
        return descriptor;
    }

    @Override
    public String convert(DescriptorSource source) {
        var problems = new ProblemList(source.name());
        Optional<String> converted = new Converter(grammar, dialects, new Elements(readers, properties))
                .convert(source.name(), source.xml(), problems);
        return converted.orElseThrow(problems::toException);
    }

    @Override
    public Optional<String> explain(String element) {
        return new Explanation(grammar).ofLanguage(element);
    }

    @Override
    public Optional<String> explain(String id, Descriptor descriptor) {
        return Explanation.ofDescriptor(id, descriptor);
    }

    private static Map<String, VariableKind> kinds(DescriptorSource source) {
        var kinds = new LinkedHashMap<String, VariableKind>();
        source.kinds().forEach((name, kind) -> VariableKind.of(kind).ifPresent(known -> kinds.put(name, known)));
        return kinds;
    }

    /** Properties that come with the source win. */
    private UnaryOperator<String> property(DescriptorSource source) {
        return name ->
                source.properties().containsKey(name) ? source.properties().get(name) : properties.apply(name);
    }
}
