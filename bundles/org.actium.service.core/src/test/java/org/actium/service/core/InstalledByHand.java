package org.actium.service.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.actium.runtime.api.Registration;
import org.actium.service.api.CombinationRules;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.TechnicalService;

/** A catalog that services are put into and taken out of while the test runs. */
final class InstalledByHand implements ServiceCatalog {

    private final List<InstalledService> services = new CopyOnWriteArrayList<>();
    private final List<Consumer<InstalledService>> watchers = new CopyOnWriteArrayList<>();
    private final List<Runnable> arrivals = new CopyOnWriteArrayList<>();
    final List<String> log;
    private Runnable afterListing = () -> {};
    private Runnable beforeOffer = () -> {};

    InstalledByHand(List<String> log) {
        this.log = log;
    }

    InstalledService install(String id, String implementation, Supplier<TechnicalService> instances) {
        return install(id, implementation, CombinationRules.NONE, instances);
    }

    InstalledService install(
            String id, String implementation, CombinationRules rules, Supplier<TechnicalService> instances) {
        InstalledService service =
                new Entry(new ServiceOffer(id, implementation, "bundle." + id, "1.0.0", rules), instances);
        services.add(service);
        arrivals.forEach(Runnable::run);
        return service;
    }

    void uninstall(InstalledService service) {
        services.remove(service);
        new ArrayList<>(watchers).forEach(watcher -> watcher.accept(service));
    }

    /** Happens once, when somebody has been told what is installed. */
    void afterListing(Runnable action) {
        afterListing = action;
    }

    /** Happens once, when somebody asks one of those there for its rules. */
    void beforeNextOffer(Runnable action) {
        beforeOffer = action;
    }

    @Override
    public List<InstalledService> services() {
        List<InstalledService> listed = List.copyOf(services);
        Runnable action = afterListing;
        afterListing = () -> {};
        action.run();
        return listed;
    }

    @Override
    public Registration whenComing(Runnable action) {
        arrivals.add(action);
        return () -> arrivals.remove(action);
    }

    @Override
    public Registration whenGoing(Consumer<InstalledService> action) {
        watchers.add(action);
        return () -> watchers.remove(action);
    }

    private final class Entry implements InstalledService {

        private final ServiceOffer offer;
        private final Supplier<TechnicalService> instances;

        Entry(ServiceOffer offer, Supplier<TechnicalService> instances) {
            this.offer = offer;
            this.instances = instances;
        }

        @Override
        public ServiceOffer offer() {
            Runnable action = beforeOffer;
            beforeOffer = () -> {};
            action.run();
            return offer;
        }

        @Override
        public Instance instance() {
            TechnicalService service = instances.get();
            log.add(offer.id() + " lent");
            return new Instance() {
                @Override
                public TechnicalService service() {
                    return service;
                }

                @Override
                public void close() {
                    log.add(offer.id() + " returned");
                }
            };
        }
    }
}
