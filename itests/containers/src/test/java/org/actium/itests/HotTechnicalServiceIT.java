package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.VirtualNode;
import org.actium.deployment.model.DescriptorException;
import org.actium.itests.application.Ledger;
import org.actium.itests.application.Worker;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Descriptors;
import org.actium.itests.support.PacedCalls;
import org.actium.itests.support.Processes;
import org.actium.itests.support.TestBundles;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.CallRefusedException;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServices;
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
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/** A technical service that arrives while a deployment runs serves the next one; nothing is restarted for it. */
@RunWith(PaxExam.class)
public class HotTechnicalServiceIT {

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Inject
    private BundleContext context;

    @Inject
    private Deployments deployments;

    @Inject
    private ActiveObjects objects;

    @Inject
    private ActiumRuntime runtime;

    @Inject
    private TechnicalServices services;

    @Configuration
    public Option[] container() {
        return Containers.assembly("node");
    }

    @After
    public void undeployAll() {
        deployments.deployments().forEach(Deployment::undeploy);
        assertThat(Processes.children()).isEmpty();
    }

    @Test
    public void aServiceInstalledMeanwhileIsAppliedToTheNextDeployment() throws BundleException {
        assertThatThrownBy(() -> deployments.deploy(labelled("blue"), DeploymentListener.NONE))
                .isInstanceOf(DescriptorException.class)
                .hasMessageContaining("workers.xml:")
                .hasMessageContaining("label");
        Deployment first =
                deployments.deploy(Descriptors.example("local.xml", Map.of("NODES", "1")), DeploymentListener.NONE);
        Worker before = objects.newActive(Worker.class)
                .on(first.virtualNode("workers").node())
                .start();
        before.add(1);
        Set<Long> active = active();

        Bundle service =
                context.installBundle(TestBundles.labelService().toUri().toString());
        assertThatThrownBy(() -> deployments.deploy(labelled("blue"), DeploymentListener.NONE))
                .isInstanceOf(DescriptorException.class)
                .hasMessageContaining("start it with actium:bundle-start org.actium.itests.label");
        service.adapt(BundleStartLevel.class).setStartLevel(1);
        service.start();
        Deployment second = deployments.deploy(labelled("blue"), DeploymentListener.NONE);
        List<Node> nodes = second.virtualNode("workers").waitReady();

        assertThat(nodes)
                .hasSize(2)
                .allSatisfy(node -> assertThat(node.property("label"))
                        .as("applied before the node is handed out")
                        .contains("blue"));
        assertThat(objects.newActive(Worker.class).on(nodes.get(0)).start().nodeProperty("label"))
                .isEqualTo("blue");
        assertThat(before.count()).as("the first deployment goes on").isEqualTo(1);
        assertThat(active()).as("every bundle that was active still is").containsAll(active);
    }

    @Test
    public void aServiceThatFailsMakesTheDeploymentFailWithItsMessage() throws BundleException {
        Bundle service =
                context.installBundle(TestBundles.labelService().toUri().toString());
        service.adapt(BundleStartLevel.class).setStartLevel(1);
        service.start();

        Deployment deployment =
                deployments.deploy(Descriptors.workersWithService(1, "label", Map.of()), DeploymentListener.NONE);

        assertThatThrownBy(() -> deployment.virtualNode("workers").waitReady())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("workers")
                .hasMessageContaining("argument 'text' is missing");
    }

    /** On nodes of this container and of a child, which is asked for the service and needs its bundle. */
    @Test
    public void aServiceIsAppliedToAndRemovedFromAVirtualNodeThatWorks() throws BundleException {
        Deployment deployment =
                deployments.deploy(Descriptors.example("local.xml", Map.of("NODES", "2")), DeploymentListener.NONE);
        VirtualNode workers = deployment.virtualNode("workers");
        Ledger ledger = objects.newActive(Ledger.class)
                .on(workers.waitReady().getLast())
                .start();
        assertThat(ledger.burn()).isTrue();
        start(TestBundles.labelService());

        workers.apply(new ServiceUse("label", "label", Map.of("text", "gold")));
        assertThat(workers.nodes())
                .allSatisfy(node -> assertThat(node.property("label")).contains("gold"));
        assertThatThrownBy(ledger::burn)
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining("what is labelled gold is kept");

        workers.removeService("label");
        assertThat(workers.nodes())
                .allSatisfy(node -> assertThat(node.property("label")).isEmpty());
        assertThat(ledger.burn()).isTrue();
    }

    @Test
    public void updatingTheBundleOfAServiceUnderAThousandCallsPerSecondLosesAndReordersNone() throws Exception {
        Bundle service = start(TestBundles.labelService());
        Node node = runtime.createNode("kept", Optional.of("keepers"));
        services.apply(node, "it/keepers", List.of(new ServiceUse("label", "label", Map.of("text", "gold"))));
        Ledger ledger = objects.newActive(Ledger.class).on(node).start();
        PacedCalls calls = new PacedCalls(ledger);

        try (calls) {
            for (int round = 0; round < 10; round++) {
                calls.keepUp(200);
                try (InputStream bytes = Files.newInputStream(TestBundles.labelService())) {
                    service.update(bytes);
                }
                refresh(service);
                calls.keepUp(1);
                assertThat(services.applied(node)).as("round %d", round).hasSize(1);
                assertThatThrownBy(ledger::burn).isInstanceOf(CallRefusedException.class);
            }
            calls.keepUp(200);
        }

        assertThat(ledger.flaw()).isEmpty();
        assertThat(ledger.entries()).isEqualTo(calls.made()).isGreaterThan(1000);
        runtime.removeNode("kept");
    }

    private Bundle start(Path jar) throws BundleException {
        Bundle service = context.installBundle(jar.toUri().toString());
        service.adapt(BundleStartLevel.class).setStartLevel(1);
        service.start();
        return service;
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0)
                .adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundle), event -> refreshed.countDown());
        refreshed.await();
    }

    private static org.actium.deployment.api.DescriptorSource labelled(String text) {
        return Descriptors.workersWithService(2, "label", Map.of("text", text));
    }

    private Set<Long> active() {
        Set<Long> active = new HashSet<>();
        Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .forEach(bundle -> active.add(bundle.getBundleId()));
        return active;
    }
}
