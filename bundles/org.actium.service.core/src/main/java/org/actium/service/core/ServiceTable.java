package org.actium.service.core;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.BodyId;
import org.actium.object.spi.InterceptorSource;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.ObjectHandles;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.NodeListener;
import org.actium.runtime.api.Registration;
import org.actium.service.api.Combination;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServices;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Applies technical services to the nodes of this runtime and remembers what is applied where.
 *
 * <p>Nodes of one group share an instance of each service; it is given back when the last of them has gone. What is
 * applied is removed, last first, when somebody asks, when the node is removed, and when the service itself goes: the
 * node lives on without it, and the log says so. If the service comes back, as after an update of its bundle, it is
 * applied again.
 *
 * <p>This puts together who does it: {@link Applier}, {@link Remover} and {@link ComingAndGoing}, which note it in
 * {@link NodeServices}; {@link Arrangement} has what services bring to nodes.
 *
 * <p>Threading: any thread may call any method. No service is called while the lock of {@link NodeServices} is held.
 */
@Component(
        service = {TechnicalServices.class, InterceptorSource.class},
        immediate = true)
public final class ServiceTable implements TechnicalServices, InterceptorSource, AutoCloseable {

    private final Changes changes = new Changes();
    private final ChangeListeners listeners = new ChangeListeners(changes);
    private final NodeServices services = new NodeServices();
    private final NodeInterceptors interceptors = new NodeInterceptors();
    private final Watches watches;
    private final InstalledServices installed;
    private final Remover remover;
    private final Applier applier;
    private final List<Registration> registrations;

    @Activate
    public ServiceTable(
            BundleContext context,
            @Reference ServiceComponentRuntime components,
            @Reference ActiumRuntime runtime,
            @Reference ActiveObjects objects,
            @Reference ObjectHandles handles) {
        this(new RegistryCatalog(context, components), runtime, PresentObjects.of(objects, handles));
    }

    /** Of a runtime where nobody watches active objects. */
    public ServiceTable(ServiceCatalog catalog, ActiumRuntime runtime) {
        this(catalog, runtime, PresentObjects.NONE);
    }

    /** Outside of a framework: to be given to the object space as a source of interceptors. */
    public ServiceTable(ServiceCatalog catalog, ActiumRuntime runtime, ActiveObjects objects, ObjectHandles handles) {
        this(catalog, runtime, PresentObjects.of(objects, handles));
    }

    private ServiceTable(ServiceCatalog catalog, ActiumRuntime runtime, PresentObjects objects) {
        ListedNodes nodes = new ListedNodes(Objects.requireNonNull(runtime, "runtime"));
        this.installed = new InstalledServices(Objects.requireNonNull(catalog, "catalog"), changes);
        this.watches = new Watches(objects);
        Arrangement arrangement = new Arrangement(services, interceptors, watches);
        this.remover = new Remover(services, arrangement, nodes, listeners);
        this.applier = new Applier(nodes, installed, changes, services, arrangement, remover);
        ComingAndGoing comingAndGoing =
                new ComingAndGoing(runtime.name(), installed, services, applier, remover, listeners);
        this.registrations = List.of(
                runtime.listen(new NodeListener() {
                    @Override
                    public void removed(Node node) {
                        gone(node);
                    }
                }),
                catalog.whenGoing(comingAndGoing::withdraw),
                catalog.whenComing(comingAndGoing::restore),
                objects.listen(watches));
    }

    private void gone(Node node) {
        watches.leaving(node);
        remover.removeAll(node);
        remover.forget(node);
    }

    // ---- what is installed

    @Override
    public List<ServiceOffer> offers() {
        return installed.offers();
    }

    @Override
    public Optional<ServiceOffer> offer(String service) {
        return installed.offer(service);
    }

    @Override
    public Optional<String> stopped(String service) {
        return installed.stopped(service);
    }

    @Override
    public Combination combine(List<ServiceUse> uses) {
        return installed.combine(uses);
    }

    // ---- changes of it

    @Override
    public Registration changing() {
        return listeners.changing();
    }

    @Override
    public Registration whenChanged(Runnable action) {
        return listeners.add(action);
    }

    @Override
    public long changes() {
        return changes.ended();
    }

    @Override
    public boolean changedSince(long before) {
        return changes.endedSince(before);
    }

    // ---- the messages of active objects

    @Override
    public Optional<MessageInterceptor> interceptorFor(BodyId body, Class<?> type, Node node) {
        watches.began(node, body, type);
        return Optional.empty();
    }

    @Override
    public List<MessageInterceptor> interceptorsOn(Node node) {
        return interceptors.on(node);
    }

    @Override
    public Registration whenChanged(Consumer<Node> action) {
        return interceptors.whenChanged(action);
    }

    // ---- what nodes have

    @Override
    public void apply(Node node, String group, List<ServiceUse> uses) {
        applier.apply(node, group, uses);
    }

    @Override
    public List<ServiceUse> applied(Node node) {
        return Together.inOrder(services.on(node)).stream().map(Applied::use).toList();
    }

    @Override
    public Set<String> groups(Node node) {
        return services.groups(node);
    }

    @Override
    public Set<String> groups(Node node, ServiceUse use) {
        return services.groups(node, use);
    }

    @Override
    public Map<String, List<ServiceUse>> withdrawn(Node node) {
        return services.withdrawn(node);
    }

    @Override
    public void remove(Node node, String use) {
        remover.remove(node, use);
    }

    @Override
    public void remove(Node node) {
        remover.removeAll(node);
    }

    /** Takes every service off every node. */
    @Override
    @Deactivate
    public void close() {
        registrations.forEach(Registration::close);
        services.nodes().reversed().forEach(remover::removeAll);
    }
}
