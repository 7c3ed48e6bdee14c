package org.actium.deployment.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.actium.deployment.api.Plan;
import org.actium.deployment.api.Plan.PlannedLaunch;
import org.actium.deployment.api.Plan.PlannedVirtualNode;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorElement;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.JvmProcess;
import org.actium.deployment.model.Problem;
import org.actium.deployment.spi.AcquisitionProtocol;
import org.actium.deployment.spi.DeploymentProtocol;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.core.LocalRuntime;
import org.actium.service.api.Combination;
import org.actium.service.api.ServiceUse;
import org.junit.Before;
import org.junit.Test;

public class PlannerTest {

    private static final Endpoint PARENT = new Endpoint("127.0.0.1", 4711);

    private final Extensions extensions = new Extensions();
    private final RecordingServices services = new RecordingServices(new LocalRuntime("here", new Random(1)));

    @Before
    public void install() {
        extensions.addDeploymentProtocol(
                new FakeProtocol(new InMemoryDomain()), Map.of(DeploymentProtocol.NAME, "fork"));
        extensions.addAcquisitionProtocol(new FakeAcquisition(), Map.of(AcquisitionProtocol.NAME, "pool"));
        services.install("properties");
    }

    @Test
    public void plansWhoStartsWhatAndHowManyNodesEachVirtualNodeGets() {
        Plan plan = plan(new TestDescriptor()
                .launched("worker", 4, 2)
                .acquired("offered", OptionalInt.of(3), 1)
                .technicalService("settings", "properties")
                .virtualNode("workers")
                .on("worker", "offered")
                .here()
                .with("settings")
                .build());

        assertThat(plan.virtualNodes())
                .containsExactly(new PlannedVirtualNode(
                        "workers",
                        12,
                        true,
                        List.of("worker", "offered"),
                        List.of(new ServiceUse("settings", "properties", Map.of()))));
        assertThat(plan.launches())
                .containsExactly(
                        new PlannedLaunch(
                                "worker",
                                "fork",
                                4,
                                2,
                                List.of("fork", "d1-worker-1", "127.0.0.1:4711"),
                                List.of("started 4 times; shown is the first")),
                        new PlannedLaunch("offered", "pool", 3, 1, List.of(), List.of()));
    }

    @Test
    public void servicesOfOneSourceOfNodesAreShownWithIt() {
        services.install("limit");
        Plan plan = plan(new TestDescriptor()
                .launched("worker", 1, 1)
                .launched("cluster", 1, 1)
                .technicalService("settings", "properties")
                .technicalService("limit", "limit")
                .virtualNode("workers")
                .on("worker", "cluster")
                .with("settings")
                .withOn("cluster", "settings", "limit")
                .build());

        ServiceUse settings = new ServiceUse("settings", "properties", Map.of());
        assertThat(plan.virtualNodes().getFirst().services()).containsExactly(settings);
        assertThat(plan.virtualNodes().getFirst().servicesOn())
                .isEqualTo(Map.of("cluster", List.of(settings, new ServiceUse("limit", "limit", Map.of()))));
    }

    @Test
    public void aSingleRuntimeIsNamedAfterItsJvmAlone() {
        Plan plan = plan(new TestDescriptor()
                .launched("Jvm1", 1, 1)
                .virtualNode("vn1")
                .on("Jvm1")
                .build());

        assertThat(plan.launches())
                .extracting(launch -> launch.command().get(1))
                .containsExactly("d1-Jvm1");
    }

    @Test
    public void aLaunchOfSeveralRuntimesCountsAllOfThem() {
        Plan plan = plan(new TestDescriptor()
                .launched("cluster", 2, 1, new TestDescriptor.Fork(3))
                .virtualNode("workers")
                .on("cluster")
                .build());

        assertThat(plan.virtualNodes()).extracting(PlannedVirtualNode::expected).containsExactly(6);
        assertThat(plan.launches()).extracting(PlannedLaunch::runtimes).containsExactly(6);
        assertThat(plan.launches())
                .extracting(launch -> launch.command().get(1))
                .as("the command of one launch names its own runtimes")
                .containsExactly("d1-cluster-1+d1-cluster-2+d1-cluster-3");
    }

    @Test
    public void virtualNodesThatShareAJvmShareItsRuntimesAndGetNodesOfTheirOwn() {
        Blueprint blueprint = draw(new TestDescriptor()
                .launched("worker", 2, 2)
                .virtualNode("a")
                .on("worker")
                .and()
                .virtualNode("b")
                .on("worker")
                .build());

        assertThat(blueprint.sources()).hasSize(1);
        assertThat(blueprint.sources().getFirst().shares())
                .extracting(share -> share.nodeName("d1", 1, 1))
                .containsExactly("d1-a-4", "d1-b-4");
        assertThat(blueprint
                        .plan("d1", Optional.of(PARENT), Duration.ofSeconds(10))
                        .launches())
                .extracting(PlannedLaunch::nodesPerRuntime)
                .containsExactly(4);
    }

    @Test
    public void nodesAreNumberedThroughAllJvmsOfAVirtualNodeTheCurrentOneFirst() {
        Blueprint blueprint = draw(new TestDescriptor()
                .launched("one", 2, 1)
                .launched("two", 1, 1)
                .virtualNode("workers")
                .on("two", "one")
                .here()
                .build());

        assertThat(blueprint.sources())
                .extracting(source ->
                        source.name() + " " + source.shares().getFirst().nodeName("d1", 0, 0))
                .containsExactly("currentJVM d1-workers-1", "one d1-workers-2", "two d1-workers-4");
    }

    @Test
    public void nodesOfRuntimesThatNobodyCountedCarryTheNameOfTheirJvm() {
        Blueprint blueprint = draw(new TestDescriptor()
                .acquired("offered", OptionalInt.empty(), 1)
                .virtualNode("workers")
                .on("offered")
                .build());

        assertThat(blueprint.sources().getFirst().shares().getFirst().nodeName("d1", 4, 0))
                .isEqualTo("d1-workers-offered-5");
        assertThat(blueprint.targets().getFirst().readiness()).isEqualTo(new Readiness(0, true, OptionalInt.empty()));
    }

    @Test
    public void aJvmThatNoVirtualNodeIsMappedToIsNotStarted() {
        Plan plan = plan(new TestDescriptor()
                .launched("used", 1, 1)
                .launched("unused", 1, 1, new Unknown())
                .virtualNode("workers")
                .on("used")
                .build());

        assertThat(plan.launches()).extracting(PlannedLaunch::jvm).containsExactly("used");
    }

    @Test
    public void aPlanSaysWhatMeansLessHere() {
        Plan plan = plan(new TestDescriptor()
                .noted("classpath: bundles carry their own")
                .virtualNode("vn1")
                .here()
                .build());

        assertThat(plan.notes())
                .extracting(Problem::toString)
                .containsExactly("grid.xml:1:1: classpath: bundles carry their own");
        assertThat(plan.text()).contains("  notes\n    grid.xml:1:1: classpath: bundles carry their own\n");
    }

    @Test
    public void aProcessNobodyStartsIsReportedAtItsPlaceWithTheBundleToInstall() {
        Descriptor descriptor = new TestDescriptor()
                .launched("Jvm1", 1, 1, new JvmProcess(Optional.empty(), List.of(), List.of()))
                .virtualNode("vn1")
                .on("Jvm1")
                .build();

        assertThatThrownBy(() -> draw(descriptor))
                .isInstanceOf(DescriptorException.class)
                .hasMessage("grid.xml:1:1: process 'Jvm1-process': no installed bundle starts <jvmProcess>; install"
                        + " org.actium.deployment.local (installed deployment protocols: fork)");
    }

    @Test
    public void aServiceNobodyActsOnIsReportedAtItsPlace() {
        Extensions none = new Extensions();
        Descriptor descriptor = new TestDescriptor()
                .acquired("offered", OptionalInt.empty(), 1)
                .virtualNode("vn1")
                .on("offered")
                .build();

        assertThatThrownBy(() -> new Planner(descriptor, none, services).draw())
                .isInstanceOf(DescriptorException.class)
                .hasMessageStartingWith("grid.xml:1:1: service 'offered-service': no installed bundle acquires runtimes"
                        + " for <poolService>")
                .hasMessageEndingWith("(installed acquisition protocols: none)");
    }

    @Test
    public void aTechnicalServiceNobodyProvidesIsReportedAtItsPlaceWithThoseThatAreThere() {
        Descriptor descriptor = new TestDescriptor()
                .launched("Jvm1", 1, 1)
                .technicalService("ft", "org.example.FaultTolerance")
                .virtualNode("vn1")
                .on("Jvm1")
                .with("ft")
                .build();

        assertThatThrownBy(() -> draw(descriptor))
                .hasMessage("grid.xml:3:1: technical service 'ft' asks for 'org.example.FaultTolerance', which no"
                        + " installed bundle provides; install one that does, with actium:bundle-install <file> or as a file"
                        + " in the folder 'drop', or leave the service out (installed technical services:"
                        + " properties)");
    }

    @Test
    public void aTechnicalServiceThatStandsForAnotherIsCalledBoth() {
        Descriptor descriptor = new TestDescriptor()
                .launched("Jvm1", 1, 1)
                .substituted("balanced", "org.example.Balancing", "load-balancing")
                .virtualNode("vn1")
                .on("Jvm1")
                .with("balanced")
                .build();

        assertThatThrownBy(() -> draw(descriptor))
                .hasMessageStartingWith(
                        "grid.xml:3:1: technical service 'balanced' asks for 'org.example.Balancing', for"
                                + " which 'load-balancing' stands here, which no installed bundle provides; install one");
    }

    @Test
    public void aTechnicalServiceOfABundleThatIsNotStartedIsToBeStarted() {
        services.stopped.put("label", "org.example.label");
        Descriptor descriptor = new TestDescriptor()
                .launched("Jvm1", 1, 1)
                .technicalService("gold", "label")
                .virtualNode("vn1")
                .on("Jvm1")
                .with("gold")
                .build();

        assertThatThrownBy(() -> draw(descriptor))
                .hasMessage("grid.xml:3:1: technical service 'gold' asks for 'label', which bundle org.example.label"
                        + " offers, but it is not started; start it with actium:bundle-start org.example.label"
                        + " (installed technical services: properties)");
    }

    @Test
    public void technicalServicesThatDoNotGoTogetherAreReportedWithTheirVirtualNode() {
        services.install("fifo");
        Combination.Conflict conflict = new Combination.Conflict(
                List.of(new ServiceUse("a", "properties", Map.of()), new ServiceUse("b", "fifo", Map.of())),
                "technical services 'a' and 'b' do not go together: 'a' excludes 'fifo'");
        services.rules = uses -> List.of(conflict);
        Descriptor descriptor = new TestDescriptor()
                .launched("Jvm1", 1, 1)
                .technicalService("a", "properties")
                .technicalService("b", "fifo")
                .virtualNode("vn1")
                .on("Jvm1")
                .with("a")
                .with("b")
                .build();

        assertThatThrownBy(() -> draw(descriptor))
                .isInstanceOf(DescriptorException.class)
                .satisfies(refused -> assertThat(((DescriptorException) refused).problems())
                        .extracting(Problem::message)
                        .containsExactly("virtual node 'vn1': technical services 'a' and 'b' do not go together: 'a'"
                                + " excludes 'fifo'"));
    }

    @Test
    public void planShowsTechnicalServicesInTheOrderInWhichTheyGoTogether() {
        services.install("fifo");
        services.order = List::reversed;
        Descriptor descriptor = new TestDescriptor()
                .launched("Jvm1", 1, 1)
                .technicalService("a", "properties")
                .technicalService("b", "fifo")
                .virtualNode("vn1")
                .on("Jvm1")
                .with("a")
                .with("b")
                .build();

        assertThat(draw(descriptor).targets().getFirst().services())
                .extracting(ServiceUse::id)
                .containsExactly("b", "a");
    }

    @Test
    public void aTechnicalServiceThatNoVirtualNodeUsesNeedNotBeThere() {
        draw(new TestDescriptor()
                .launched("Jvm1", 1, 1)
                .technicalService("ft", "org.example.FaultTolerance")
                .virtualNode("vn1")
                .on("Jvm1")
                .build());
    }

    @Test
    public void everythingThatStandsInTheWayIsReportedAtOnceInOrderOfPlace() {
        Descriptor descriptor = new TestDescriptor()
                .technicalService("ft", "ft")
                .launched("Jvm1", 1, 1, new Unknown())
                .virtualNode("vn1")
                .on("Jvm1")
                .with("ft", "ft")
                .and()
                .virtualNode("vn2")
                .build();

        DescriptorException refused = catchThrowableOfType(DescriptorException.class, () -> draw(descriptor));

        assertThat(refused.problems())
                .extracting(problem -> problem.at().line())
                .containsExactly(1, 2, 4, 5);
        assertThat(refused.problems().stream().map(Problem::message))
                .anySatisfy(message ->
                        assertThat(message).isEqualTo("virtual node 'vn1' names a technical service twice: ft, ft"))
                .anySatisfy(message -> assertThat(message).startsWith("virtual node 'vn2' is not mapped"));
    }

    @Test
    public void aProcessIsReportedOnceHoweverManyVirtualNodesUseIt() {
        Descriptor two = new TestDescriptor()
                .launched("Jvm1", 1, 1, new Unknown())
                .virtualNode("vn1")
                .on("Jvm1")
                .and()
                .virtualNode("vn2")
                .on("Jvm1")
                .build();

        assertThat(catchThrowableOfType(DescriptorException.class, () -> draw(two))
                        .problems())
                .hasSize(1);
    }

    @Test
    public void aUniqueVirtualNodeMustNotGetSeveralNodes() {
        assertThatThrownBy(() -> draw(new TestDescriptor()
                        .launched("Jvm1", 1, 4)
                        .virtualNode("vn1")
                        .on("Jvm1")
                        .unique()
                        .build()))
                .hasMessage("grid.xml:3:1: virtual node 'vn1' is unique, but would get 4 nodes; map it to one jvm with"
                        + " one node, or make it 'multiple'");
        assertThatThrownBy(() -> draw(new TestDescriptor()
                        .acquired("offered", OptionalInt.empty(), 1)
                        .virtualNode("vn1")
                        .on("offered")
                        .unique()
                        .build()))
                .hasMessageContaining("is unique, but would get as many nodes as come");
    }

    @Test
    public void aMinimumThatCannotBeReachedIsReported() {
        assertThatThrownBy(() -> draw(new TestDescriptor()
                        .launched("Jvm1", 2, 1)
                        .virtualNode("vn1")
                        .on("Jvm1")
                        .minimum(3)
                        .build()))
                .hasMessageContaining("virtual node 'vn1' needs at least 3 nodes, but would get only 2");
    }

    private Plan plan(Descriptor descriptor) {
        return draw(descriptor).plan("d1", Optional.of(PARENT), Duration.ofSeconds(10));
    }

    private Blueprint draw(Descriptor descriptor) {
        return new Planner(descriptor, extensions, services).draw();
    }

    /** What no protocol knows. */
    private record Unknown() implements DescriptorElement {
        @Override
        public String elementName() {
            return "ufoProcess";
        }
    }
}
