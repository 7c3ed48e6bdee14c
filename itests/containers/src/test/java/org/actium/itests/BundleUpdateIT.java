package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.Deployments;
import org.actium.itests.application.Ledger;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Descriptors;
import org.actium.itests.support.TestBundles;
import org.actium.object.api.ActiveObjects;
import org.actium.runtime.api.ActiumRuntime;
import org.actium.runtime.api.Node;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.BundleUpdates;
import org.actium.service.api.ServiceUse;
import org.actium.service.api.TechnicalServices;
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

/** What an update touches is known before it happens, and what would lose an active object does not happen unasked. */
@RunWith(PaxExam.class)
public class BundleUpdateIT {

    @Rule
    public final Timeout deadline = Timeout.seconds(120);

    @Inject
    private BundleContext context;

    @Inject
    private BundleUpdates updates;

    @Inject
    private TechnicalServices services;

    @Inject
    private ActiumRuntime runtime;

    @Inject
    private ActiveObjects objects;

    @Inject
    private Deployments deployments;

    @Configuration
    public Option[] container() {
        return Containers.assembly("admin");
    }

    @Test
    public void theBundleOfAServiceIsUpdatedWhileObjectsLiveOn() throws BundleException, IOException {
        Bundle label = context.installBundle(TestBundles.labelService().toUri().toString());
        label.adapt(BundleStartLevel.class).setStartLevel(1);
        label.start();
        Node node = runtime.createNode("kept", Optional.of("keepers"));
        services.apply(node, "it/keepers", List.of(new ServiceUse("gold", "label", Map.of("text", "gold"))));
        Ledger ledger = objects.newActive(Ledger.class).on(node).start();
        ledger.enter(0);

        BundleImpact impact = updates.preview("org.actium.itests.label");
        assertThat(impact)
                .isEqualTo(new BundleImpact(
                        List.of("org.actium.itests.label"), List.of(), List.of("kept: gold"), List.of()));
        assertThat(node.property("label.edition")).isEmpty();
        assertThat(updates.update(
                        "" + label.getBundleId(), TestBundles.labelService("", Map.of("edition.txt", "second")), false))
                .isEqualTo(impact);

        assertThat(services.applied(node)).hasSize(1);
        assertThat(node.property("label.edition")).contains("second");
        assertThat(ledger.entries()).isEqualTo(1);
        runtime.removeNode("kept");
    }

    @Test
    public void anUpdateThatWouldLoseAnObjectIsRefused() throws IOException {
        Ledger ledger = objects.newActive(Ledger.class).named("ledger").start();
        ledger.enter(0);

        assertThat(updates.preview("org.actium.itests.application").objects())
                .contains("ledger (org.actium.itests.application.Ledger) on default");
        assertThatThrownBy(() -> updates.update(
                        "org.actium.itests.application", Files.newInputStream(TestBundles.application()), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ledger (org.actium.itests.application.Ledger) on default")
                .hasMessageContaining("end them first, or force it");
        assertThat(ledger.entries()).isEqualTo(1);
        assertThatThrownBy(() -> updates.preview("nothing")).hasMessageContaining("there is no bundle 'nothing'");
    }

    /** None of these uses a package of the one that is to change, but each needs its services. */
    @Test
    public void whatRunsOrDeploysObjectsIsNotTakenAwayUnasked() {
        Deployment deployment =
                deployments.deploy(Descriptors.example("local.xml", Map.of("NODES", "1")), DeploymentListener.NONE);
        Node node = deployment.virtualNode("workers").waitReady().getFirst();
        Ledger far = objects.newActive(Ledger.class).on(node).start();
        Ledger near = objects.newActive(Ledger.class).named("ledger").start();
        near.enter(0);
        far.enter(0);

        for (String core : List.of(
                "org.actium.object.core",
                "org.actium.runtime.core",
                "org.actium.provision",
                "org.actium.remote.core",
                "org.actium.codec.java")) {
            assertThat(updates.preview(core).objects())
                    .as("without %s no active object lives", core)
                    .contains("ledger (org.actium.itests.application.Ledger) on default");
        }
        for (String core : List.of(
                "org.actium.runtime.core",
                "org.actium.provision",
                "org.actium.service.core",
                "org.actium.deployment.core")) {
            assertThat(updates.preview(core).undeployed()).as(core).containsExactly(deployment.id());
            assertThatThrownBy(() -> updates.stop(core, false))
                    .as(core)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("bundle " + core + " is not stopped: ")
                    .hasMessageContaining("the deployments " + deployment.id() + " would be undeployed");
        }
        assertThat(updates.preview("org.actium.service.metrics").losesNothing()).isTrue();

        assertThat(near.entries()).isEqualTo(1);
        assertThat(far.entries()).isEqualTo(1);
        deployment.undeploy();
    }
}
