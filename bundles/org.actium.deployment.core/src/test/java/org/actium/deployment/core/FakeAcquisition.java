package org.actium.deployment.core;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.spi.AcquisitionProtocol;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;

/** Hands out the runtimes that the test gives it. */
final class FakeAcquisition implements AcquisitionProtocol {

    final List<Predicate<RuntimeAddress>> takers = new CopyOnWriteArrayList<>();

    @Override
    public boolean acquires(DescriptorElement element) {
        return element instanceof TestDescriptor.Pool;
    }

    @Override
    public OptionalInt expected(DescriptorElement element) {
        return ((TestDescriptor.Pool) element).runtimes();
    }

    @Override
    public Registration acquire(DescriptorElement element, Predicate<RuntimeAddress> taker) {
        takers.add(taker);
        return () -> takers.remove(taker);
    }

    /** Says whether all takers could use it. */
    boolean handOut(InMemoryDomain.Peer peer) {
        return takers.stream().map(taker -> taker.test(peer.links.self())).reduce(true, Boolean::logicalAnd);
    }
}
