package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.model.DescriptorException;
import org.actium.itests.application.Worker;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Descriptors;
import org.actium.itests.support.Processes;
import org.actium.itests.support.TestBundles;
import org.actium.object.api.ActiveObjects;
import org.actium.runtime.api.Node;
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
