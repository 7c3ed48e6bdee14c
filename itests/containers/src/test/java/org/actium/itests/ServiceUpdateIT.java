package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.VirtualNode;
import org.actium.itests.application.Janitor;
import org.actium.itests.application.Ledger;
import org.actium.itests.application.Subdeployer;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Descriptors;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.Gate;
import org.actium.itests.support.PacedCalls;
import org.actium.itests.support.Processes;
import org.actium.itests.support.TestBundles;
import org.actium.object.api.ActiveObjects;
import org.actium.object.api.CallRefusedException;
import org.actium.runtime.api.Node;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.BundleUpdates;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleException;

/** A technical service that is updated on this runtime is updated on those that it deployed to. */
@RunWith(PaxExam.class)
public class ServiceUpdateIT {

    private static final String BUNDLE = "org.actium.itests.label";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OWN_NODE = """
            <ProActiveDescriptor>
              <virtualNodesDefinition><virtualNode name="own" serviceRefid="mark"/></virtualNodesDefinition>
              <technicalServiceDefinitions>
                <service id="mark" class="label"><arg name="text" value="silver"/></service>
              </technicalServiceDefinitions>
              <deployment><mapping><map virtualNode="own"><jvmSet><currentJVM/></jvmSet></map></mapping></deployment>
            </ProActiveDescriptor>
            """;

    @Rule
    public final Timeout deadline = Timeout.seconds(180);

    @Inject
    private BundleUpdates updates;

    @Inject
    private Deployments deployments;

    @Inject
    private ActiveObjects objects;

    @Configuration
    public Option[] container() {
        return Containers.assembly("node");
    }

    @Before
    public void install() {
        updates.install(TestBundles.labelService("", Map.of("edition.txt", "first")));
    }

    @After
    public void undeployAll() {
        deployments.deployments().forEach(Deployment::undeploy);
        assertThat(Processes.children()).isEmpty();
        updates.uninstall(BUNDLE, true);
    }

    private VirtualNode deploy(int runtimes) {
        VirtualNode workers = deployments
                .deploy(
                        Descriptors.workersWithService(runtimes, "label", Map.of("text", "gold")),
                        DeploymentListener.NONE)
                .virtualNode("workers");
        workers.waitReady();
        return workers;
    }

    private static void assertEdition(VirtualNode virtualNode, String edition) {
        assertThat(virtualNode.nodes())
                .isNotEmpty()
                .allSatisfy(node -> assertThat(node.property("label.edition")).contains(edition));
    }

    /**
     * Called from here, which is another runtime, a thousand times per second, however long each update takes: on each of the
     * runtimes the update is held in the middle, when the service of before has left the node and the new one is not there
     * yet, until two hundred more calls have been made at that pace. The object called on the one node calls one on the other,
     * so that the service sees messages in all ways; what it works with is closed when it leaves, and complains if it is used.
     */
    @Test
    public void reachesTheOtherRuntimesUnderLoadAndLosesAndReordersNoCall() {
        VirtualNode workers = deploy(2);
        assertEdition(workers, "first");
        Ledger ledger =
                objects.newActive(Ledger.class).on(workers.nodes().getFirst()).start();
        Ledger copy =
                objects.newActive(Ledger.class).on(workers.nodes().getLast()).start();
        assertThat(ledger.copyTo(copy)).isZero();
        PacedCalls calls = new PacedCalls(ledger);
        try (calls) {
            for (int round = 0; round < 10; round++) {
                calls.keepUp(200);
                String edition = "of round " + round;
                BundleImpact impact = updatedUnder(calls, workers, round % 2 == 0 ? "" : "7.0." + round, edition);

                assertThat(impact.nodes()).hasSize(2);
                assertEdition(workers, edition);
                assertThatThrownBy(ledger::burn).isInstanceOf(CallRefusedException.class);
            }
            calls.keepUp(200);
        }

        assertThat(ledger.flaw()).isEmpty();
        assertThat(ledger.entries()).isEqualTo(calls.made()).isGreaterThan(10 * 2 * 200);
        assertThat(copy.flaw()).isEmpty();
        assertThat(copy.entries()).isEqualTo(calls.made());
        Janitor caller =
                objects.newActive(Janitor.class).on(workers.nodes().getFirst()).start();
        Janitor callee =
                objects.newActive(Janitor.class).on(workers.nodes().getLast()).start();
        assertThat(caller.properties("label.work."))
                .containsExactlyInAnyOrder(
                        "calling",
                        "departing",
                        "arriving",
                        "serving",
                        "served",
                        "replying",
                        "answered",
                        "acknowledged");
        assertThat(callee.properties("label.work.")).contains("arriving", "serving", "served", "replying");
        assertThat(caller.properties("label.wrong.")).isEmpty();
        assertThat(callee.properties("label.wrong.")).isEmpty();
    }

    private BundleImpact updatedUnder(PacedCalls calls, VirtualNode workers, String version, String edition) {
        Gate gate = new Gate();
        CompletableFuture<BundleImpact> update = CompletableFuture.supplyAsync(() -> updates.update(
                        BUNDLE,
                        TestBundles.labelService(version, Map.of("edition.txt", edition, "gate.txt", gate.address())),
                        false))
                .whenComplete((impact, failure) -> gate.close());
        Set<String> held = gate.hold(() -> {
            assertThat(update).as("under way").isNotDone();
            calls.keepUp(200);
        });
        BundleImpact impact = update.join();
        assertThat(held)
                .as("calls were made in the middle of it")
                .containsExactlyInAnyOrderElementsOf(
                        workers.nodes().stream().map(Node::name).toList());
        return impact;
    }

    @Test
    public void whatOneRuntimeCannotUseIsTakenBackEverywhere() {
        VirtualNode workers = deploy(2);
        String avoided = workers.nodes().getLast().name();

        assertThatThrownBy(() -> updates.update(
                        BUNDLE,
                        TestBundles.labelService("7.1.0", Map.of("edition.txt", "bad", "avoided.txt", avoided)),
                        false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not updated: runtime d")
                .hasMessageContaining("cannot be applied again to node '" + avoided + "'")
                .hasMessageEndingWith("is back on all runtimes");

        assertEdition(workers, "first");
        assertEdition(deploy(1), "first");
        updates.update(BUNDLE, TestBundles.labelService("7.2.0", Map.of("edition.txt", "good")), false);
        assertEdition(workers, "good");
        assertEdition(deploy(1), "good");
    }

    @Test
    public void whatAnotherRuntimeLacksIsKnownUntilItIsBack() throws BundleException {
        VirtualNode workers = deploy(1);
        Node node = workers.nodes().getFirst();
        Janitor there = objects.newActive(Janitor.class).on(node).start();

        assertThat(there.stop(BUNDLE)).isFalse();

        Eventually.becomes("degraded", PATIENCE, () -> workers.degraded().size() == 1, workers::degraded);
        assertThat(workers.degraded().getFirst().toString())
                .contains(node.name())
                .contains("technical service 's' is missing, because bundle " + BUNDLE + " is stopped on runtime ");
        assertThat(node.property("label")).isEmpty();

        assertThat(there.start(BUNDLE)).isTrue();
        Eventually.becomes("mended", PATIENCE, () -> workers.degraded().isEmpty(), workers::degraded);
        assertEdition(workers, "first");
    }

    /** The runtime that was deployed on deploys too, on itself. */
    @Test
    public void whatTwoDeployWithIsUpdatedByNeitherUnderTheNodesOfTheOther() {
        VirtualNode workers = deploy(1);
        Node node = workers.nodes().getFirst();
        Subdeployer there = objects.newActive(Subdeployer.class).on(node).start();
        assertThat(there.deploy(OWN_NODE)).isEqualTo(1);

        assertThat(updates.preview(BUNDLE).foreign())
                .singleElement()
                .asString()
                .contains("d1-own-1: mark, deployed by ");
        for (boolean force : List.of(false, true)) {
            assertThatThrownBy(() -> updates.update(
                            BUNDLE, TestBundles.labelService("", Map.of("edition.txt", "second")), force))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("nodes that other runtimes deployed use it: ")
                    .hasMessageContaining("d1-own-1: mark, deployed by ");
        }
        assertEdition(workers, "first");

        assertThat(there.undeploy()).isEqualTo(1);
        updates.update(BUNDLE, TestBundles.labelService("", Map.of("edition.txt", "second")), false);
        assertEdition(workers, "second");
    }

    @Test
    public void aNodeThatComesInTheMiddleOfAnUpdateGetsIt() throws InterruptedException {
        AtomicBoolean enough = new AtomicBoolean();
        List<Throwable> failures = new ArrayList<>();
        AtomicInteger editions = new AtomicInteger();
        Thread updating = Thread.ofPlatform().start(() -> {
            try {
                while (!enough.get()) {
                    update(editions.incrementAndGet());
                }
            } catch (RuntimeException failed) {
                failures.add(failed);
            }
        });
        List<VirtualNode> deployed = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                deployed.add(deploy(2));
            }
        } finally {
            enough.set(true);
            updating.join();
        }

        assertThat(failures).isEmpty();
        String last = "edition " + editions.get();
        deployed.forEach(workers -> Eventually.becomes(
                "all nodes have " + last,
                Duration.ofSeconds(30),
                () -> workers.nodes().stream()
                        .allMatch(node ->
                                node.property("label.edition").orElse("none").equals(last)),
                () -> workers.nodes().stream()
                        .map(node -> node.property("label.edition"))
                        .toList()));
    }

    private void update(int edition) {
        updates.update(BUNDLE, TestBundles.labelService("", Map.of("edition.txt", "edition " + edition)), false);
    }
}
