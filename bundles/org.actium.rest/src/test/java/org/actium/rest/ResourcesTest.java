package org.actium.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.ws.rs.BadRequestException;
import javax.ws.rs.NotFoundException;
import javax.ws.rs.ServiceUnavailableException;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriBuilder;
import javax.ws.rs.core.UriInfo;
import org.actium.deployment.api.Degradation;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.DeploymentState;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.HostCheck;
import org.actium.deployment.api.HostReport;
import org.actium.deployment.api.HostReport.Finding;
import org.actium.deployment.api.Inventory;
import org.actium.deployment.api.Plan;
import org.actium.deployment.api.RuntimeStatus;
import org.actium.deployment.api.VirtualNode;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.spi.JoinedRuntimes;
import org.actium.ft.api.RecoveryStatus;
import org.actium.object.api.BodyId;
import org.actium.object.api.ObjectInfo;
import org.actium.remote.api.Admission;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.Links;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Node;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Time;
import org.actium.security.api.DomainMembers;
import org.actium.service.api.ServiceOffer;
import org.actium.service.api.ServiceUse;
import org.actium.testkit.Fake;
import org.junit.Test;

/** What the resources do, and to the letter what clients read. */
public class ResourcesTest {

    private static final RuntimeId RUNTIME = new RuntimeId(0x4f2a90c1_00000000L, 1);
    private static final String DEPLOYMENT_JSON = "{\"id\":\"d1\",\"source\":\"grid.xml\",\"state\":\"READY\","
            + "\"failure\":null,\"started\":\"2026-01-02T03:04:05Z\",\"lost\":1,"
            + "\"virtualNodes\":[{\"name\":\"workers\",\"expected\":1,\"ready\":true,"
            + "\"nodes\":[{\"name\":\"workers-1\",\"url\":\"actium://127.0.0.1:4711/workers-1\"}],"
            + "\"degraded\":[{\"node\":\"workers-1\",\"service\":\"ft\",\"reason\":\"is missing\"}]}],"
            + "\"runtimes\":[{\"name\":\"w1\",\"jvm\":\"local\",\"state\":\"JOINED\",\"detail\":\"process 42\"},"
            + "{\"name\":\"w2\",\"jvm\":\"local\",\"state\":\"LOST\",\"detail\":\"gone\"}]}";

    private static final List<DeploymentEvent> EVENTS = List.of(
            new DeploymentEvent.Launched("w1", "process 42"),
            new DeploymentEvent.Joined("w1", Duration.ofMillis(900)),
            new DeploymentEvent.Failed("w2", "process 43 ended with exit code 1; its last lines:\n  no space"),
            new DeploymentEvent.Ready("workers", 1));

    private final List<Object> undeployed = new ArrayList<>();
    private final List<DescriptorSource> sources = new ArrayList<>();

    private final Deployment deployment = Fake.of(
            Deployment.class,
            Map.of(
                    "id",
                    "d1",
                    "source",
                    "grid.xml",
                    "state",
                    DeploymentState.READY,
                    "failure",
                    Optional.empty(),
                    "started",
                    Instant.parse("2026-01-02T03:04:05Z"),
                    "virtualNodes",
                    List.of(workers()),
                    "runtimes",
                    List.of(
                            new RuntimeStatus("w1", "local", RuntimeStatus.State.JOINED, "process 42"),
                            new RuntimeStatus("w2", "local", RuntimeStatus.State.LOST, "gone")),
                    "events",
                    EVENTS,
                    "listen",
                    (Function<Object[], Object>) arguments -> {
                        EVENTS.forEach(((DeploymentListener) arguments[0])::happened);
                        return (Registration) () -> {};
                    },
                    "undeploy",
                    (Function<Object[], Object>) none -> {
                        undeployed.add("d1");
                        return null;
                    }));

    private final Deployments deployments = Fake.of(
            Deployments.class,
            Map.of(
                    "deploy",
                            (Function<Object[], Object>) arguments -> {
                                sources.add((DescriptorSource) arguments[0]);
                                return deployment;
                            },
                    "deployments", List.of(deployment),
                    "deployment",
                            (Function<Object[], Object>)
                                    id -> id[0].equals("d1") ? Optional.of(deployment) : Optional.empty(),
                    "read",
                            (Function<Object[], Object>) arguments -> {
                                DescriptorSource source = (DescriptorSource) arguments[0];
                                return new Descriptor(
                                        source.name(),
                                        source.variables(),
                                        Map.of(),
                                        Map.of(),
                                        Map.of(),
                                        Map.of(),
                                        Map.of());
                            },
                    "plan", (Function<Object[], Object>) arguments -> plan((Descriptor) arguments[0])));

    private final DeploymentsResource resource =
            new DeploymentsResource(deployments, Fake.of(Time.class, Map.of("nanos", 0L)));

    @Test
    public void aDeploymentIsExplainedAsText() {
        assertThat(resource.explain("d1"))
                .isEqualTo("d1: READY, from grid.xml\n"
                        + "  degraded: virtual node workers, node workers-1: technical service 'ft' is missing\n"
                        + "  w1: JOINED, process 42\n  w2: LOST, gone");
        assertThatThrownBy(() -> resource.explain("d2")).isInstanceOf(NotFoundException.class);
    }

    @Test
    public void deployingAnswersWithThePlaceOfTheNewDeployment() {
        Response answer =
                resource.deploy(xml(), "grid.xml", List.of("NODES=2"), at("http://localhost/api/deployments"));

        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(answer.getLocation()).isEqualTo(URI.create("http://localhost/api/deployments/d1"));
        assertThat(Json.of(answer.getEntity())).isEqualTo(DEPLOYMENT_JSON);
        assertThat(sources)
                .singleElement()
                .satisfies(source -> assertThat(source.variables()).isEqualTo(Map.of("NODES", "2")));
    }

    @Test
    public void listsAndFindsDeployments() {
        assertThat(Json.of(resource.list())).isEqualTo("[" + DEPLOYMENT_JSON + "]");
        assertThat(Json.of(resource.get("d1", null))).isEqualTo(DEPLOYMENT_JSON);
        assertThatThrownBy(() -> resource.get("d2", null))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("there is no deployment 'd2'");
    }

    @Test
    public void eventsAreToldWithWhatBelongsToTheirKind() {
        assertThat(Json.of(resource.events("d1", 1, null)))
                .isEqualTo("[{\"number\":2,\"kind\":\"joined\",\"runtime\":\"w1\",\"virtualNode\":null,\"url\":null,"
                        + "\"millis\":900,\"nodes\":null,\"reason\":null,\"text\":\"w1: joined after 900 ms\"},"
                        + "{\"number\":3,\"kind\":\"failed\",\"runtime\":\"w2\",\"virtualNode\":null,\"url\":null,"
                        + "\"millis\":null,\"nodes\":null,"
                        + "\"reason\":\"process 43 ended with exit code 1; its last lines:\\n  no space\","
                        + "\"text\":\"w2: failed: process 43 ended with exit code 1; its last lines:\\n  no space\"},"
                        + "{\"number\":4,\"kind\":\"ready\",\"runtime\":null,\"virtualNode\":\"workers\",\"url\":null,"
                        + "\"millis\":null,\"nodes\":1,\"reason\":null,\"text\":\"workers: ready with 1 node\"}]");
        assertThat(resource.events("d1", 0, "PT1M")).as("there are some").hasSize(4);
        assertThat(resource.events("d1", 4, "PT0.01S")).as("none comes").isEmpty();
        assertThatThrownBy(() -> resource.events("d1", -1, null)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> resource.events("d2", 0, null)).isInstanceOf(NotFoundException.class);
    }

    @Test
    public void waitsForAnOrdinaryTimeOnly() {
        assertThat(Json.of(resource.get("d1", "PT5S")))
                .as("it is ready already")
                .isEqualTo(DEPLOYMENT_JSON);
        assertThatThrownBy(() -> resource.get("d1", "PT2M"))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("wait wants an ISO 8601 duration up to PT1M, such as PT10S, not 'PT2M'");
    }

    @Test
    public void undeploysWhatIsThere() {
        resource.undeploy("d1");
        assertThatThrownBy(() -> resource.undeploy("d2")).isInstanceOf(NotFoundException.class);

        assertThat(undeployed).containsExactly("d1");
    }

    @Test
    public void hostsAreExamined() {
        HostCheck hosts = Fake.of(
                HostCheck.class,
                Map.of(
                        "examine",
                        List.of(new HostReport(
                                "gate",
                                List.of(Finding.well("clock", "right"), Finding.bad("java", "none", "install"))))));

        assertThat(Json.of(new ExaminationsResource(deployments, hosts).examine(xml(), "grid.xml", List.of())))
                .isEqualTo("[{\"way\":\"gate\",\"well\":false,\"findings\":["
                        + "{\"what\":\"clock\",\"found\":\"right\",\"mend\":null},"
                        + "{\"what\":\"java\",\"found\":\"none\",\"mend\":\"install\"}]}]");
    }

    @Test
    public void plansShowServicesInOrderAndEveryCommand() {
        assertThat(Json.of(new PlansResource(deployments).plan(xml(), "grid.xml", List.of("B=2", "A=1"))))
                .isEqualTo("{\"source\":\"grid.xml\",\"variables\":{\"A\":\"1\",\"B\":\"2\"},"
                        + "\"virtualNodes\":[{\"name\":\"workers\",\"expected\":2,\"currentJvm\":false,"
                        + "\"jvms\":[\"local\"],\"services\":[{\"id\":\"props\",\"service\":\"properties\","
                        + "\"arguments\":{\"a\":\"1\",\"b\":\"2\"}}],"
                        + "\"servicesOn\":{\"local\":[]}}],"
                        + "\"launches\":[{\"jvm\":\"local\",\"protocol\":\"local\",\"runtimes\":2,"
                        + "\"nodesPerRuntime\":1,\"command\":[\"java\",\"Main\"],\"notes\":[\"a note\"]}],"
                        + "\"steps\":[],\"dialect\":\"a descriptor of Actium\",\"contract\":[],\"notes\":[],"
                        + "\"obstacles\":[]}");
    }

    @Test
    public void showsWhatThereIs() {
        Inventory inventory = Fake.of(
                Inventory.class,
                Map.of(
                        "nodes",
                                List.of(
                                        new Inventory.NodeView(
                                                "workers-1",
                                                "actium://h:1/w",
                                                "w1",
                                                "workers",
                                                Map.of("b", "2", "a", "1")),
                                        new Inventory.NodeView("default", "actium://h:2/d", "main", "", Map.of())),
                        "objects",
                                List.of(new Inventory.ObjectView(
                                        "w1",
                                        new ObjectInfo(
                                                new BodyId(RUNTIME, 7),
                                                "counter-1",
                                                "org.example.Counter",
                                                "workers-1",
                                                2,
                                                9))),
                        "services", List.of(new ServiceOffer("properties", "org.example.P", "org.example", "1.0.0"))));

        assertThat(Json.of(new NodesResource(inventory).nodes()))
                .isEqualTo("[{\"name\":\"workers-1\",\"url\":\"actium://h:1/w\",\"runtime\":\"w1\","
                        + "\"virtualNode\":\"workers\",\"properties\":{\"a\":\"1\",\"b\":\"2\"}},"
                        + "{\"name\":\"default\",\"url\":\"actium://h:2/d\",\"runtime\":\"main\","
                        + "\"virtualNode\":null,\"properties\":{}}]");
        assertThat(Json.of(new ObjectsResource(inventory).objects()))
                .isEqualTo("[{\"id\":\"4f2a90c1-7\",\"name\":\"counter-1\",\"type\":\"org.example.Counter\","
                        + "\"runtime\":\"w1\",\"node\":\"workers-1\",\"queued\":2,\"served\":9}]");
        assertThat(Json.of(new ServicesResource(inventory).services()))
                .isEqualTo("[{\"id\":\"properties\",\"implementation\":\"org.example.P\","
                        + "\"bundle\":\"org.example\",\"version\":\"1.0.0\",\"rules\":{\"provides\":[],\"requires\":[],"
                        + "\"excludes\":[],\"before\":[],\"after\":[]}}]");
    }

    @Test
    public void tellsWhichRuntimeThisIs() {
        Links links = Fake.of(
                Links.class,
                Map.of("self", new RuntimeAddress(RUNTIME, "main", List.of(new Endpoint("127.0.0.1", 4711)))));

        assertThat(Json.of(new RuntimeResource(links, "0.1.0", "admin").runtime()))
                .isEqualTo("{\"id\":\"4f2a90c1\",\"name\":\"main\",\"endpoints\":[\"127.0.0.1:4711\"],"
                        + "\"version\":\"0.1.0\",\"assembly\":\"admin\"}");
    }

    @Test
    public void showsTheLinksAndTheirWays() {
        Link link = Fake.of(
                Link.class,
                Map.of("peer", new RuntimeAddress(RUNTIME, "w1", List.of()), "route", "tcp 127.0.0.1:4711"));
        assertThat(Json.of(new LinksResource(Fake.of(Links.class, Map.of("all", List.of(link)))).links()))
                .isEqualTo("[{\"runtime\":\"w1\",\"id\":\"4f2a90c1\",\"route\":\"tcp 127.0.0.1:4711\"}]");
    }

    @Test
    public void showsHowRecoverableObjectsStand() {
        RecoveryStatus status = new RecoveryStatus(
                List.of(new RecoveryStatus.RuntimeStatus("w1", true, false, Duration.ofMillis(120), 1)),
                List.of(new RecoveryStatus.ObjectStatus(
                        "adder",
                        "adder",
                        3,
                        "w1",
                        RecoveryStatus.State.RECOVERING,
                        List.of(7L, 8L),
                        new RecoveryStatus.LogStatus(41, 5000))),
                Optional.of("no space is left"));

        assertThat(Json.of(new RecoveryResource(() -> status).status()))
                .isEqualTo("{\"runtimes\":[{\"runtime\":\"w1\",\"alive\":true,\"takes\":false,\"silentMillis\":120,"
                        + "\"objects\":1}],\"objects\":[{\"object\":\"adder\",\"domain\":\"adder\",\"incarnation\":3,"
                        + "\"runtime\":\"w1\",\"state\":\"recovering\",\"checkpoints\":[7,8],\"logEntries\":41,"
                        + "\"logBytes\":5000}],\"trouble\":\"no space is left\"}");
        assertThatThrownBy(() -> new RecoveryResource(() -> {
                            throw new IllegalStateException("the disk is full");
                        })
                        .status())
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessage("the disk is full");
    }

    @Test
    public void expelsMembersAndSaysWhyNot() {
        MembersResource members = new MembersResource(Fake.of(
                DomainMembers.class,
                Map.of(
                        "expel",
                        (Function<Object[], Object>) runtime -> switch ((String) runtime[0]) {
                            case "w1" -> RUNTIME;
                            default -> throw new IllegalArgumentException("no linked runtime is called so");
                        },
                        "expelled",
                        List.of(RUNTIME))));
        members.expel("w1");
        assertThat(Json.of(members.expelled())).isEqualTo("[\"4f2a90c1\"]");
        assertThatThrownBy(() -> members.expel("w2"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("no linked runtime is called so");
    }

    @Test
    public void issuesTokensThatAreValidForAWhile() {
        List<Object> asked = new ArrayList<>();
        List<Object> guests = new ArrayList<>();
        TokensResource tokens = new TokensResource(
                Fake.of(Admission.class, Map.of("issue", (Function<Object[], Object>) arguments -> {
                    asked.add(arguments[0]);
                    return new JoinToken("t1", "s3cret");
                })),
                Fake.of(JoinedRuntimes.class, Map.of("guest", (Function<Object[], Object>) arguments -> {
                    guests.addAll(List.of(arguments));
                    return null;
                })),
                Fake.of(Time.class, Map.of("instant", Instant.parse("2026-01-02T03:04:05Z"))));

        Response answer = tokens.issue("PT90S", false);

        assertThat(answer.getStatus()).isEqualTo(201);
        assertThat(Json.of(answer.getEntity()))
                .isEqualTo("{\"id\":\"t1\",\"token\":\"t1.s3cret\",\"validUntil\":\"2026-01-02T03:05:35Z\"}");
        assertThat(asked).containsExactly(Duration.ofSeconds(90));
        assertThat(guests).isEmpty();
        tokens.issue("PT1H", true);
        assertThat(guests).containsExactly("t1", Duration.ofHours(1));
        for (String wrong : new String[] {"", "10m", "PT0S", "PT-1S", "P8D"}) {
            assertThatThrownBy(() -> tokens.issue(wrong, false))
                    .as(wrong)
                    .isInstanceOf(BadRequestException.class)
                    .hasMessageEndingWith("not '" + wrong + "'");
        }
        assertThat(asked).hasSize(2);
    }

    private static VirtualNode workers() {
        Node node = Fake.of(Node.class, Map.of("name", "workers-1", "url", "actium://127.0.0.1:4711/workers-1"));
        return Fake.of(
                VirtualNode.class,
                Map.of(
                        "name",
                        "workers",
                        "expected",
                        1,
                        "isReady",
                        true,
                        "nodes",
                        List.of(node),
                        "degraded",
                        List.of(new Degradation("workers-1", "ft", "is missing"))));
    }

    private static Plan plan(Descriptor descriptor) {
        return new Plan(
                descriptor.source(),
                descriptor.variables(),
                List.of(new Plan.PlannedVirtualNode(
                        "workers",
                        2,
                        false,
                        List.of("local"),
                        List.of(new ServiceUse("props", "properties", Map.of("b", "2", "a", "1"))),
                        Map.of("local", List.of()))),
                List.of(new Plan.PlannedLaunch("local", "local", 2, 1, List.of("java", "Main"), List.of("a note"))));
    }

    private static ByteArrayInputStream xml() {
        return new ByteArrayInputStream(new byte[] {'<'});
    }

    private static UriInfo at(String uri) {
        return Fake.of(UriInfo.class, Map.of("getAbsolutePathBuilder", UriBuilder.fromUri(uri)));
    }
}
