package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.VirtualNode;
import org.actium.deployment.model.DescriptorException;
import org.actium.itests.application.Janitor;
import org.actium.itests.application.Ledger;
import org.actium.itests.application.Worker;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Descriptors;
import org.actium.itests.support.Gate;
import org.actium.itests.support.PacedCalls;
import org.actium.itests.support.Processes;
import org.actium.itests.support.TestBundles;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.CallRefusedException;
import org.actium.runtime.api.Node;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.BundleUpdates;
import org.actium.service.api.ServiceUse;
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

/** A technical service that arrives while a deployment runs serves the next one; nothing is restarted for it. */
@RunWith(PaxExam.class)
public class HotTechnicalServiceIT {

    private static final String BUNDLE = "org.actium.itests.label";

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Inject
    private BundleContext context;

    @Inject
    private Deployments deployments;

    @Inject
    private ActiveObjects objects;

    @Inject
    private BundleUpdates updates;

    @Configuration
    public Option[] container() {
        return Containers.assembly("node");
    }

    @After
    public void undeployAll() {
        deployments.deployments().forEach(Deployment::undeploy);
        assertThat(Processes.children()).isEmpty();
        if (updates.isInstalled(BUNDLE)) {
            updates.uninstall(BUNDLE, true);
        }
    }

    @Test
    public void aServiceInstalledMeanwhileIsAppliedToTheNextDeployment() {
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

        install();
        updates.stop(BUNDLE, false);
        assertThatThrownBy(() -> deployments.deploy(labelled("blue"), DeploymentListener.NONE))
                .isInstanceOf(DescriptorException.class)
                .hasMessageContaining("start it with actium:bundle-start org.actium.itests.label");
        updates.start(BUNDLE);
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
    public void aServiceThatFailsMakesTheDeploymentFailWithItsMessage() {
        install();

        Deployment deployment =
                deployments.deploy(Descriptors.workersWithService(1, "label", Map.of()), DeploymentListener.NONE);

        assertThatThrownBy(() -> deployment.virtualNode("workers").waitReady())
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("workers")
                .hasMessageContaining("argument 'text' is missing");
    }

    /** On nodes of this container and of a child, which is asked for the service and needs its bundle. */
    @Test
    public void aServiceIsAppliedToAndRemovedFromAVirtualNodeThatWorks() {
        Deployment deployment =
                deployments.deploy(Descriptors.example("local.xml", Map.of("NODES", "2")), DeploymentListener.NONE);
        VirtualNode workers = deployment.virtualNode("workers");
        Ledger ledger = objects.newActive(Ledger.class)
                .on(workers.waitReady().getLast())
                .start();
        assertThat(ledger.burn()).isTrue();
        install();

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

    /** Each is held in the middle, when no label is on the node, until two hundred more calls are made at that pace. */
    @Test
    public void updatingTheBundleOfAServiceUnderAThousandCallsPerSecondLosesAndReordersNone() {
        install();
        Deployment deployment =
                deployments.deploy(Descriptors.example("local.xml", Map.of("NODES", "1")), DeploymentListener.NONE);
        VirtualNode workers = deployment.virtualNode("workers");
        Node node = workers.waitReady().getFirst();
        workers.apply(new ServiceUse("label", "label", Map.of("text", "gold")));
        Ledger ledger = objects.newActive(Ledger.class).on(node).start();
        PacedCalls calls = new PacedCalls(ledger);

        try (calls) {
            for (int round = 0; round < 10; round++) {
                calls.keepUp(200);
                Gate gate = new Gate();
                String edition = "of round " + round;
                CompletableFuture<BundleImpact> update = CompletableFuture.supplyAsync(() -> updates.update(
                                BUNDLE,
                                TestBundles.labelService(
                                        "", Map.of("edition.txt", edition, "gate.txt", gate.address())),
                                false))
                        .whenComplete((impact, failure) -> gate.close());
                assertThat(gate.hold(() -> calls.keepUp(200))).containsExactly(node.name());
                update.join();
                assertThat(node.property("label.edition")).contains(edition);
                assertThatThrownBy(ledger::burn).isInstanceOf(CallRefusedException.class);
            }
            calls.keepUp(200);
        }

        assertThat(ledger.flaw()).isEmpty();
        assertThat(ledger.entries()).isEqualTo(calls.made()).isGreaterThan(10 * 200);
        Janitor there = objects.newActive(Janitor.class).on(node).start();
        assertThat(there.properties("label.work.")).contains("arriving", "serving", "served", "replying");
        assertThat(there.properties("label.wrong.")).isEmpty();
    }

    private void install() {
        updates.install(TestBundles.labelService("", Map.of()));
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
