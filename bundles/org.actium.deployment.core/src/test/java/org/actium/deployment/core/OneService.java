package org.actium.deployment.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.actium.runtime.api.Registration;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.TechnicalService;
import org.actium.service.core.InstalledService;
import org.actium.service.core.ServiceCatalog;

/** A technical service that does nothing, in a bundle that stops and starts. */
final class OneService implements ServiceCatalog, InstalledService {

    private final String id;
    private final List<Runnable> coming = new CopyOnWriteArrayList<>();
    private final List<Consumer<InstalledService>> going = new CopyOnWriteArrayList<>();
    private volatile boolean runs = true;

    OneService(String id) {
        this.id = id;
    }

    void stop() {
        runs = false;
        going.forEach(action -> action.accept(this));
    }

    void start() {
        runs = true;
        coming.forEach(Runnable::run);
    }

    @Override
    public List<InstalledService> services() {
        return runs ? List.of(this) : List.of();
    }

    @Override
    public Registration whenComing(Runnable action) {
        coming.add(action);
        return () -> coming.remove(action);
    }

    @Override
    public Registration whenGoing(Consumer<InstalledService> action) {
        going.add(action);
        return () -> going.remove(action);
    }

    @Override
    public ServiceOffer offer() {
        return new ServiceOffer(id, "org.example.Label", "bundle." + id, "1.0.0");
    }

    @Override
    public Instance instance() {
        TechnicalService service = new TechnicalService() {};
        return new Instance() {
            @Override
            public TechnicalService service() {
                return service;
            }

            @Override
            public void close() {
                // nobody else has it
            }
        };
    }
}
