package org.actium.deployment.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.DeploymentState;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DeploymentsListener;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.Plan;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.LeaseHolder;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.RemotingException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.spi.NodeHandles;
import org.actium.runtime.spi.Threads;
import org.actium.runtime.spi.Time;
import org.actium.service.api.TechnicalServices;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The deployments of this runtime. They end with it: closing undeploys all of them. */
@Component(service = Deployments.class, immediate = true)
public final class Deployer implements Deployments, AutoCloseable {

    private static final Pattern OWN_HOST = Pattern.compile("localhost|127\\.[0-9.]+|::1");

    private final Site site;
    private final List<Registration> registrations;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ActiveDeployment> active = new CopyOnWriteArrayList<>(); // oldest first
    private final Map<DeploymentsListener, Map<Deployment, Registration>> listeners =
            new HashMap<>(); // guarded by lock
    private final AtomicInteger next = new AtomicInteger(1); // number of the next deployment
    private boolean closed; // guarded by lock

    @Activate
    public Deployer(
            @Reference Links links,
            @Reference RemoteObjects remoteObjects,
            @Reference NodeHandles handles,
            @Reference Membership membership,
            @Reference TechnicalServices services,
            @Reference Extensions extensions,
            @Reference Time time,
            @Reference Threads threads) {
        this.site =
                new Site(new Agents(links, remoteObjects), membership, handles, services, extensions, time, threads);
        this.registrations = List.of(
                remoteObjects.export(ServiceNews.class, ServiceNews.NAME, this::lacking),
                services.whenChanged(this::bundlesChanged));
    }

    private void lacking(String id, String virtualNode, String node, Map<String, String> lacking) {
        active.stream()
                .filter(deployment -> deployment.id().equals(id))
                .forEach(deployment -> deployment.lacking(virtualNode, node, lacking));
    }

    private void bundlesChanged() {
        active.forEach(ActiveDeployment::bundlesChanged);
    }

    @Override
    public Descriptor read(DescriptorSource source) {
        return site.extensions()
                .reader()
                .orElseThrow(() -> new DeploymentException(source.name()
                        + ": no installed bundle reads descriptors; install org.actium.deployment.descriptor"))
                .read(source);
    }

    @Override
    public Plan plan(Descriptor descriptor) {
        Planner.Sketch sketch = planner(descriptor).sketch();
        return sketch.blueprint()
                .plan(id(next.get()), endpoint(), site.membership().lease(), sketch.obstacles());
    }

    private Planner planner(Descriptor descriptor) {
        return new Planner(descriptor, site.extensions(), site.services());
    }

    private Optional<Endpoint> endpoint() {
        return site.agents().self().endpoints().stream().findFirst();
    }

    private static String id(int number) {
        return "d" + number;
    }

    @Override
    public Deployment deploy(DescriptorSource source, DeploymentListener listener) {
        return deploy(read(source), listener);
    }

    @Override
    public Deployment deploy(Descriptor descriptor, DeploymentListener listener) {
        Deployment deployment = prepare(descriptor, listener);
        try {
            deployment.activate();
        } catch (DeploymentException notBegun) {
            deployment.undeploy();
            throw notBegun;
        }
        return deployment;
    }

    @Override
    public Deployment prepare(Descriptor descriptor, DeploymentListener listener) {
        Blueprint blueprint = planner(descriptor).draw();
        Optional<Endpoint> parent = endpoint();
        if (parent.isEmpty() && blueprint.launches()) {
            throw new DeploymentException(descriptor.source() + ": runtime "
                    + site.agents().self().name()
                    + " accepts no connections, so the runtimes it would launch could not join; set actium.listen");
        }
        ActiveDeployment deployment = new ActiveDeployment(
                id(next.getAndIncrement()), blueprint, parent, leaseHolder(descriptor), site, listener);
        admit(deployment);
        return deployment;
    }

    /** Empty if it is this runtime. Asked for now: what is launched would end soon if there were none. */
    private Optional<Endpoint> leaseHolder(Descriptor descriptor) {
        Optional<LeaseHolder> named = descriptor.application().leaseHolder();
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Endpoint endpoint = named.get().endpoint();
        try {
            RuntimeAddress holder = site.agents().links().resolve(endpoint);
            return holder.id().equals(site.agents().self().id())
                    ? Optional.empty()
                    : Optional.of(asOthersKnow(endpoint, holder));
        } catch (RemotingException absent) {
            throw new DeploymentException(
                    named.get().at() + ": the runtime at " + endpoint + " cannot hold the lease of others: "
                            + absent.getMessage()
                            + "; start a container there that joins this one (actium start --join), or leave out"
                            + " 'leaseHolder'",
                    absent);
        }
    }

    /** What this host calls itself is another one for the others. */
    static Endpoint asOthersKnow(Endpoint endpoint, RuntimeAddress runtime) {
        return OWN_HOST.matcher(endpoint.host()).matches()
                ? runtime.endpoints().stream().findFirst().orElse(endpoint)
                : endpoint;
    }

    private void admit(ActiveDeployment deployment) {
        lock.lock();
        try {
            if (closed) {
                throw new DeploymentException(deployment.source() + ": runtime "
                        + site.agents().self().name() + " is stopping and deploys nothing any more");
            }
            active.add(deployment);
            listeners.forEach((listener, heard) -> {
                heard.keySet().removeIf(known -> known.state() == DeploymentState.UNDEPLOYED);
                heard.put(deployment, tell(deployment, listener));
            });
        } finally {
            lock.unlock();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addListener(DeploymentsListener listener) {
        lock.lock();
        try {
            Map<Deployment, Registration> heard = new HashMap<>();
            active.forEach(deployment -> heard.put(deployment, tell(deployment, listener)));
            listeners.put(listener, heard);
        } finally {
            lock.unlock();
        }
    }

    /** Calls nobody: events are told on threads of the deployment. */
    private static Registration tell(Deployment deployment, DeploymentsListener listener) {
        return deployment.listen(event -> listener.happened(deployment, event));
    }

    public void removeListener(DeploymentsListener listener) {
        Map<Deployment, Registration> heard;
        lock.lock();
        try {
            heard = listeners.remove(listener);
        } finally {
            lock.unlock();
        }
        heard.values().forEach(Registration::close);
    }

    @Override
    public List<Deployment> deployments() {
        active.removeIf(deployment -> deployment.state() == DeploymentState.UNDEPLOYED);
        return List.copyOf(active);
    }

    @Override
    public Optional<Deployment> deployment(String id) {
        return deployments().stream()
                .filter(deployment -> deployment.id().equals(id))
                .findFirst();
    }

    /** Undeploys everything, all at the same time, and returns when nothing is left. */
    @Override
    @Deactivate
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        Concurrently.run(
                site.threads(),
                active.stream()
                        .<Runnable>map(deployment -> deployment::undeploy)
                        .toList());
        registrations.forEach(Registration::close);
    }
}
