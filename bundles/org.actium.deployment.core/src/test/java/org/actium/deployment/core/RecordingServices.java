package org.actium.deployment.core;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServiceException;
import org.actium.service.api.TechnicalServices;

/** Technical services that only write down what is done with them. */
final class RecordingServices implements TechnicalServices {

    final List<String> log = new CopyOnWriteArrayList<>();
    final List<ServiceOffer> offers = new CopyOnWriteArrayList<>();
    volatile Runnable whileApplying = () -> {};
    private final ActiumRuntime runtime;

    RecordingServices(ActiumRuntime runtime) {
        this.runtime = runtime;
    }

    void install(String id) {
        offers.add(new ServiceOffer(id, "org.example." + id, "bundle." + id, "1.2.0"));
    }

    @Override
    public List<ServiceOffer> offers() {
        return List.copyOf(offers);
    }

    @Override
    public Optional<ServiceOffer> offer(String service) {
        return offers.stream().filter(offer -> offer.id().equals(service)).findFirst();
    }

    @Override
    public void apply(Node node, String group, List<ServiceUse> services) {
        whileApplying.run();
        for (ServiceUse use : services) {
            if (offer(use.service()).isEmpty()) {
                throw new TechnicalServiceException("node '" + node.name() + "': nothing on " + runtime.name()
                        + " provides '" + use.service() + "'");
            }
            log.add(use.id() + " of " + group + " applied to " + node.name() + ", which is "
                    + (runtime.node(node.name()).isPresent() ? "there" : "gone"));
        }
    }

    @Override
    public void remove(Node node) {
        log.add("removed from " + node.name() + ", which is "
                + (runtime.node(node.name()).isPresent() ? "there" : "gone"));
    }
}
