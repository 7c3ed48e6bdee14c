package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.DeploymentState;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.Problem;
import org.actium.itests.support.Containers;
import org.actium.itests.support.GatedJava;
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
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** No implementation is needed by another: each can go, all others stay resolved, and what they do goes on. */
@RunWith(PaxExam.class)
public class RemovalIT {

    @Rule
    public final Timeout deadline = Timeout.seconds(180);

    @Inject
    private BundleContext context;

    @Inject
    private Deployments deployments;

    @Configuration
    public Option[] container() {
        return Containers.assembly("admin");
    }

    @Test
    public void eachImplementationCanGoWithoutAnyOtherLosingItsWires() throws Exception {
        List<Bundle> implementations = own().stream()
                .filter(bundle -> !bundle.getSymbolicName().endsWith(".api"))
                .toList();
        assertThat(implementations).as("there is something to remove").hasSizeGreaterThan(12);

        for (Bundle implementation : implementations) {
            String location = implementation.getLocation();
            remove(implementation);

            assertThat(own())
                    .as("resolved without %s", implementation.getSymbolicName())
                    .allSatisfy(bundle -> assertThat(bundle.getState())
                            .as(bundle.getSymbolicName())
                            .isGreaterThanOrEqualTo(Bundle.RESOLVED));
            context.installBundle(location).start();
        }
    }

    /** One that deploys has no need of it, and goes on. */
    @Test
    public void aProtocolThatIsRemovedWhileOthersDeployTakesItsElementsAndNothingElse() throws Exception {
        var gated = new GatedJava(Containers.privateDirectory());
        Deployment underWay = deployments.deploy(local(gated.java().toString()), DeploymentListener.NONE);
        try {
            gated.awaitStarted(underWay::events);
            assertThat(underWay.state()).isEqualTo(DeploymentState.ACTIVATING);

            for (String protocol : List.of("rsh", "ssh")) {
                String name = "org.actium.deployment." + protocol;
                Bundle bundle = own().stream()
                        .filter(each -> each.getSymbolicName().equals(name))
                        .findFirst()
                        .orElseThrow();
                String location = bundle.getLocation();
                remove(bundle);

                assertThat(obstacles(protocol))
                        .singleElement()
                        .asString()
                        .contains("<" + protocol + "Process>", "install " + name);
                assertThatThrownBy(() -> deployments.deploy(remote(protocol), DeploymentListener.NONE))
                        .hasMessageContaining("install " + name);
                for (String other : List.of("rsh", "ssh", "rlogin")) {
                    if (!other.equals(protocol)) {
                        assertThat(obstacles(other)).as(other).isEmpty();
                    }
                }
                assertThat(obstacles(local(System.getProperty("java.home") + "/bin/java")))
                        .isEmpty();

                context.installBundle(location).start();
                assertThat(obstacles(protocol)).as("back again").isEmpty();
            }

            gated.open();
            assertThat(underWay.virtualNode("workers").waitReady()).hasSize(2);
        } finally {
            underWay.undeploy();
        }
    }

    private List<Problem> obstacles(String protocol) {
        return obstacles(remote(protocol));
    }

    private List<Problem> obstacles(DescriptorSource source) {
        return deployments.plan(deployments.read(source)).obstacles();
    }

    private static DescriptorSource remote(String protocol) {
        return descriptor(
                "<%1$sProcess hostname='node7'><processReference refid='local'/></%1$sProcess>".formatted(protocol));
    }

    private static DescriptorSource local(String java) {
        return descriptor("<jvmProcess><javaPath><absolutePath value='" + java + "'/></javaPath></jvmProcess>");
    }

    private static DescriptorSource descriptor(String process) {
        return DescriptorSource.of("workers.xml", """
                <actium xmlns="urn:actium:deployment:1">
                  <virtualNode name="workers"><vmName value="worker"/></virtualNode>
                  <jvm name="worker" runtimes="2"><processReference refid="process"/></jvm>
                  <processDefinition id="process">%s</processDefinition>
                  <processDefinition id="local"><jvmProcess/></processDefinition>
                </actium>
                """.formatted(process));
    }

    private void remove(Bundle bundle) throws BundleException, InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        bundle.uninstall();
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        wiring.refreshBundles(List.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        refreshed.await();
        wiring.resolveBundles(null);
    }

    /** The bundles of Actium itself, without those of the tests. */
    private List<Bundle> own() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("org.actium."))
                .filter(bundle -> !bundle.getSymbolicName().startsWith("org.actium.itests"))
                .toList();
    }
}
