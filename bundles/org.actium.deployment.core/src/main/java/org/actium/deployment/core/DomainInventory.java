package org.actium.deployment.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.actium.deployment.api.Inventory;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.TechnicalServices;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the agents of this runtime and of all it is linked to, at the same time. */
@Component(service = Inventory.class)
public final class DomainInventory implements Inventory {

    private static final Logger LOG = LoggerFactory.getLogger(DomainInventory.class);

    /** Who has not answered by then is left out. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Agents agents;
    private final TechnicalServices services;
    private final Time time;
    private final Threads threads;

    @Activate
    public DomainInventory(
            @Reference Links links,
            @Reference RemoteObjects remoteObjects,
            @Reference TechnicalServices services,
            @Reference Time time,
            @Reference Threads threads) {
        this.agents = new Agents(links, remoteObjects);
        this.services = services;
        this.time = time;
        this.threads = threads;
    }

    @Override
    public List<NodeView> nodes() {
        return ask(
                RuntimeAgent::nodes,
                (runtime, node) ->
                        new NodeView(node.name(), node.url(), runtime.name(), node.virtualNode(), node.properties()));
    }

    @Override
    public List<ObjectView> objects() {
        return ask(RuntimeAgent::objects, (runtime, object) -> new ObjectView(runtime.name(), object));
    }

    @Override
    public List<ServiceOffer> services() {
        return services.offers();
    }

    private <A, V> List<V> ask(Function<RuntimeAgent, List<A>> question, BiFunction<RuntimeAddress, A, V> view) {
        List<RuntimeAddress> runtimes = agents.reachable();
        Map<RuntimeAddress, List<A>> answers = new ConcurrentHashMap<>();
        boolean complete = Concurrently.run(
                threads,
                time,
                PATIENCE,
                runtimes.stream()
                        .<Runnable>map(runtime -> () -> {
                            try {
                                answers.put(runtime, question.apply(agents.at(runtime)));
                            } catch (RuntimeException failed) {
                                LOG.warn("runtime {} is left out of the inventory: {}", runtime, failed.toString());
                            }
                        })
                        .toList());
        if (!complete) {
            LOG.warn(
                    "left out of the inventory, because they did not answer within {}: {}",
                    Durations.text(PATIENCE),
                    runtimes.stream()
                            .filter(runtime -> !answers.containsKey(runtime))
                            .toList());
        }
        return runtimes.stream()
                .flatMap(runtime ->
                        answers.getOrDefault(runtime, List.of()).stream().map(answer -> view.apply(runtime, answer)))
                .toList();
    }
}
