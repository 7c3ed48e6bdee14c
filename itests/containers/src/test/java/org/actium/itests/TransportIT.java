package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.Deployments;
import org.actium.itests.application.Worker;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Descriptors;
import org.actium.itests.support.IdleTransport;
import org.actium.itests.support.Processes;
import org.actium.object.api.ActiveObjects;
import org.actium.remote.api.Links;
import org.actium.remote.spi.Transport;
import org.actium.runtime.api.Endpoint;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;

/** Transports are bundles like others: they come and go while a container runs. */
@RunWith(PaxExam.class)
public class TransportIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] container() {
        return Containers.assembly("node");
    }

    @After
    public void undeployAll() throws InterruptedException {
        service(Deployments.class).deployments().forEach(Deployment::undeploy);
        assertThat(Processes.children()).isEmpty();
    }

    /** Waits for it. */
    private <T> T service(Class<T> type) throws InterruptedException {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(context, type, null);
        tracker.open();
        try {
            T service = tracker.waitForService(PATIENCE.toMillis());
            assertThat(service).as(type.getName()).isNotNull();
            return service;
        } finally {
            tracker.close();
        }
    }

    private Bundle tcp() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("org.actium.remote.tcp"))
                .findAny()
                .orElseThrow();
    }

    private Deployment deploy() throws InterruptedException {
        return service(Deployments.class)
                .deploy(Descriptors.example("local.xml", Map.of("NODES", "1")), DeploymentListener.NONE);
    }

    private Worker worker(Deployment deployment) throws InterruptedException {
        return service(ActiveObjects.class)
                .newActive(Worker.class)
                .on(deployment.virtualNode("workers").node())
                .start();
    }

    @Test
    public void aRuntimeWhoseOnlyTransportWasRestartedIsReachedByThoseItDeploys() throws Exception {
        assertThat(service(Links.class).self().endpoints()).hasSize(1);

        tcp().stop();
        assertThat(service(Links.class).self().endpoints())
                .as("without a transport that listens")
                .isEmpty();
        tcp().start();

        Worker worker = worker(deploy());
        worker.add(2);
        assertThat(worker.count()).isEqualTo(2);
    }

    @Test
    public void whileThereIsAnotherTransportARestartedOneInterruptsNothingForGood() throws Exception {
        Links links = service(Links.class);
        Endpoint before = links.self().endpoints().getFirst();
        Worker worker = worker(deploy());
        worker.add(2);
        ServiceRegistration<Transport> other =
                context.registerService(Transport.class, new IdleTransport(service(Transport.class)), null);
        assertThat(links.self().endpoints()).extracting(Endpoint::transport).containsExactly("tcp", "other");

        restartTcp(links, before);

        assertThat(service(Links.class)).isSameAs(links);
        assertThat(worker.count()).as("the object is still there").isEqualTo(2);
        other.unregister();
        assertThat(links.self().endpoints()).containsExactly(before);
    }

    private void restartTcp(Links links, Endpoint before) throws BundleException {
        tcp().stop();
        assertThat(links.self().endpoints()).extracting(Endpoint::transport).containsExactly("other");
        assertThat(links.all()).isEmpty();
        tcp().start();
        assertThat(links.self().endpoints()).as("it listens where it did").contains(before);
    }
}
