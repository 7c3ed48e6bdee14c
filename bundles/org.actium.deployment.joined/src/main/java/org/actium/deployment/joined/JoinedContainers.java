package org.actium.deployment.joined;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.spi.AcquisitionProtocol;
import org.actium.deployment.spi.ElementReader;
import org.actium.deployment.spi.ElementShape;
import org.actium.deployment.spi.JoinedRuntimes;
import org.actium.deployment.spi.Problems;
import org.actium.deployment.spi.XmlElement;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.Threads;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Reads {@code <joinedContainers nodesAsked="3"/>} and hands out the containers that people started. */
@Component(
        service = {AcquisitionProtocol.class, ElementReader.class},
        immediate = true,
        property = AcquisitionProtocol.NAME + "=joined")
public final class JoinedContainers implements AcquisitionProtocol, ElementReader, AutoCloseable {

    private static final String ELEMENT = "joinedContainers";
    private static final String ASKED = "nodesAsked";
    private static final String ALL = "MAX";
    private static final ElementShape SHAPE = ElementShape.EMPTY.requiring(ASKED);

    private final ContainerPool pool;
    private final Registration watching;

    /** @param asked how many containers; all that come if empty */
    record Wanted(OptionalInt asked) implements DescriptorElement {
        @Override
        public String elementName() {
            return ELEMENT;
        }
    }

    @Activate
    public JoinedContainers(@Reference JoinedRuntimes joined, @Reference Threads threads) {
        this.pool = new ContainerPool(threads);
        this.watching = joined.watch(pool);
    }

    @Override
    public Set<String> elements() {
        return Set.of(ELEMENT);
    }

    @Override
    public Optional<DescriptorElement> read(XmlElement element, Problems problems) {
        if (!SHAPE.check(element, problems)) {
            return Optional.empty();
        }
        if (element.attribute(ASKED)
                .map(String::strip)
                .filter(ALL::equalsIgnoreCase)
                .isPresent()) {
            return Optional.of(new Wanted(OptionalInt.empty()));
        }
        OptionalInt asked = element.integer(ASKED, 1, problems);
        return asked.isPresent() ? Optional.of(new Wanted(asked)) : Optional.empty();
    }

    @Override
    public boolean acquires(DescriptorElement element) {
        return element instanceof Wanted;
    }

    @Override
    public OptionalInt expected(DescriptorElement element) {
        return ((Wanted) element).asked();
    }

    @Override
    public Registration acquire(DescriptorElement element, Predicate<RuntimeAddress> taker) {
        return pool.acquire(expected(element), taker);
    }

    @Override
    @Deactivate
    public void close() {
        watching.close();
    }
}
