package org.actium.service.core;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.actium.runtime.api.Registration;
import org.actium.service.api.CombinationRules;
import org.actium.service.api.Offer;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.TechnicalService;

/** The technical services of a runtime without a framework: the same from its beginning to its end. */
public final class FixedCatalog implements ServiceCatalog {

    private final List<InstalledService> services;

    /** @param services how to make an instance of each, by id; one of each is made here, to know its class */
    public FixedCatalog(Map<String, Supplier<TechnicalService>> services) {
        this.services = services.entrySet().stream()
                .<InstalledService>map(entry ->
                        new Fixed(offer(entry.getKey(), entry.getValue().get().getClass()), entry.getValue()))
                .toList();
    }

    /** With the rules that the annotation of the class gives, as the registry of a framework would have them. */
    private static ServiceOffer offer(String id, Class<?> type) {
        Offer offer = type.getAnnotation(Offer.class);
        CombinationRules rules = offer == null
                ? CombinationRules.NONE
                : new CombinationRules(
                        List.of(offer.provides()),
                        List.of(offer.requires()),
                        List.of(offer.excludes()),
                        List.of(offer.before()),
                        List.of(offer.after()));
        return new ServiceOffer(id, type.getName(), "", "", rules);
    }

    @Override
    public List<InstalledService> services() {
        return services;
    }

    @Override
    public Registration whenComing(Runnable action) {
        return () -> {};
    }

    @Override
    public Registration whenGoing(Consumer<InstalledService> action) {
        return () -> {};
    }

    private record Fixed(ServiceOffer offer, Supplier<TechnicalService> instances) implements InstalledService {

        @Override
        public Instance instance() {
            TechnicalService service = instances.get();
            return new Instance() {
                @Override
                public TechnicalService service() {
                    return service;
                }

                @Override
                public void close() {
                    // nobody else needs to know
                }
            };
        }
    }
}
