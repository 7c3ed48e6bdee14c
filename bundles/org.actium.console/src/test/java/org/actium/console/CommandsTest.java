package org.actium.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.actium.debug.api.DebuggedObject;
import org.actium.debug.api.Debugger;
import org.actium.debug.api.Stop;
import org.actium.deployment.api.Degradation;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.DeploymentState;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.api.HostCheck;
import org.actium.deployment.api.HostReport;
import org.actium.deployment.api.HostReport.Finding;
import org.actium.deployment.api.Inventory;
import org.actium.deployment.api.Plan;
import org.actium.deployment.api.VirtualNode;
import org.actium.deployment.model.Descriptor;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.Problem;
import org.actium.deployment.model.SourcePosition;
import org.actium.ft.api.RecoveryStatus;
import org.actium.naming.api.NamedObject;
import org.actium.naming.api.Names;
import org.actium.object.api.BodyId;
import org.actium.object.api.ObjectInfo;
import org.actium.remote.api.Link;
import org.actium.remote.api.Links;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.DomainMembers;
import org.actium.service.api.ServiceOffer;
import org.actium.testkit.Fake;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** The commands as a user types them, with the real command processor. */
public class CommandsTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final Gogo gogo = new Gogo();

    private final List<DescriptorSource> deployed = new ArrayList<>();
    private final List<String> undeployed = new ArrayList<>();
    private final List<String> orders = new ArrayList<>();
    private Optional<RuntimeException> refusal = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();
    private RecoveryStatus recoverable = RecoveryStatus.NOTHING;
    private Path file;

    private final VirtualNode workers = Fake.of(
            VirtualNode.class,
            Map.of(
                    "name",
                    "workers",
                    "expected",
                    2,
                    "nodes",
                    List.of(),
                    "degraded",
                    List.of(new Degradation("n1", "ft", "is missing"), new Degradation("n1", "log", "is missing")),
                    "waitReady",
                    (Function<Object[], Object>) none -> {
                        failure.ifPresent(thrown -> {
                            throw thrown;
                        });
                        return List.of();
                    }));

    private final Deployment deployment = Fake.of(
            Deployment.class,
            Map.of(
                    "id",
                    "d1",
                    "source",
                    "grid.xml",
                    "state",
                    DeploymentState.ACTIVATING,
                    "started",
                    Instant.parse("2026-01-02T03:04:05Z"),
                    "virtualNodes",
                    List.of(workers),
                    "events",
                    List.of(
                            new DeploymentEvent.Launched("w1", "process 42"),
                            new DeploymentEvent.Failed("w1", "it ended")),
                    "undeploy",
                    (Function<Object[], Object>) none -> undeployed.add("d1")));

    @Before
    public void registerCommands() throws IOException {
        file = Files.writeString(folder.newFile("grid.xml").toPath(), "<grid/>");
        Deployments deployments = Fake.of(
                Deployments.class,
                Map.of(
                        "deploy", (Function<Object[], Object>) arguments -> deploy(arguments),
                        "read", (Function<Object[], Object>) arguments -> read((DescriptorSource) arguments[0]),
                        "plan",
                                (Function<Object[], Object>) arguments -> {
                                    Descriptor descriptor = (Descriptor) arguments[0];
                                    return new Plan("grid.xml", descriptor.variables(), List.of(), List.of());
                                },
                        "deployments", List.of(deployment),
                        "deployment",
                                (Function<Object[], Object>)
                                        id -> id[0].equals("d1") ? Optional.of(deployment) : Optional.empty()));
        gogo.add(new DeploymentCommands(deployments), List.of("deploy", "plan", "undeploy", "deployments", "events"));
        HostCheck hosts = Fake.of(
                HostCheck.class,
                Map.of(
                        "examine",
                        List.of(new HostReport(
                                "gate → node7",
                                List.of(
                                        Finding.well("reached", "by ssh"),
                                        Finding.bad("java", "none", "install one"))))));
        gogo.add(new HostCommands(deployments, hosts), List.of("doctor"));
        gogo.add(new InventoryCommands(inventory()), List.of("nodes", "objects", "services"));
        gogo.add(new NameCommands(names()), List.of("names"));
        gogo.add(new DomainCommands(links(), members()), List.of("links", "expel"));
        gogo.add(new RecoveryCommands(() -> recoverable), List.of("ft"));
        gogo.add(
                new DebugCommands(debugger(), inventory()),
                List.of("pause", "breakpoint", "step", "resume", "release", "stops"));
    }

    private Debugger debugger() {
        DebuggedObject counter = Fake.of(
                DebuggedObject.class,
                Map.of(
                        "pause", (Function<Object[], Object>) none -> orders.add("pause"),
                        "stopBefore", (Function<Object[], Object>) method -> orders.add("stop before " + method[0]),
                        "step", (Function<Object[], Object>) none -> orders.add("step"),
                        "resume", (Function<Object[], Object>) none -> orders.add("resume"),
                        "release", (Function<Object[], Object>) none -> orders.add("release")));
        BodyId id = new BodyId(new RuntimeId(1, 2), 7);
        return Fake.of(
                Debugger.class,
                Map.of(
                        "withId",
                        (Function<Object[], Object>) asked -> {
                            assertThat(asked[0]).isEqualTo(id);
                            return counter;
                        },
                        "stops",
                        List.of(new Stop(id, "counter-1", "w1", "add(int)", "00000000-4"))));
    }

    @Test
    public void objectsAreStoppedByNameOrIdentity() {
        assertThat(type("actium:pause counter-1")).containsExactly("counter-1 stops before its next request");
        assertThat(type("actium:breakpoint counter-1 add")).containsExactly("counter-1 stops before every add");
        assertThat(type("actium:stops"))
                .containsExactly(
                        "OBJECT     IDENTITY    RUNTIME  BEFORE    CALLED BY",
                        "counter-1  00000000-7  w1       add(int)  00000000-4");
        assertThat(type("actium:step 00000000-7"))
                .containsExactly("00000000-7 serves one request, and stops before the next");
        assertThat(type("actium:resume counter-1")).containsExactly("counter-1 goes on");
        assertThat(type("actium:release counter-1")).containsExactly("counter-1 goes on, and stops no more");
        assertThat(orders).containsExactly("pause", "stop before add", "step", "resume", "release");
        assertThat(type("actium:pause nobody"))
                .containsExactly("there is no active object 'nobody'; actium:objects lists those there are");
    }

    private static Links links() {
        RuntimeAddress peer = new RuntimeAddress(new RuntimeId(1, 2), "w1", List.of());
        return Fake.of(
                Links.class,
                Map.of("all", List.of(Fake.of(Link.class, Map.of("peer", peer, "route", "tcp 127.0.0.1:4711")))));
    }

    private DomainMembers members() {
        return Fake.of(DomainMembers.class, Map.of("expel", (Function<Object[], Object>) runtime -> {
            orders.add("expel " + runtime[0]);
            return new RuntimeId(1, 2);
        }));
    }

    @Test
    public void recoverableObjectsAreListedWithTheirRuntimes() {
        assertThat(type("actium:ft")).containsExactly("no recoverable objects, and no node for them");

        recoverable = new RecoveryStatus(
                List.of(
                        new RecoveryStatus.RuntimeStatus("w1", true, true, Duration.ofMillis(120), 1),
                        new RecoveryStatus.RuntimeStatus("w2", false, false, Duration.ofSeconds(4), 1)),
                List.of(
                        status("adder", 3, "w1", RecoveryStatus.State.THERE),
                        status("teller", 1, "w2", RecoveryStatus.State.LOST)),
                Optional.of("the disk is full"));
        assertThat(type("actium:ft"))
                .containsExactly(
                        "the store does not work, so objects and their callers wait: the disk is full",
                        "",
                        "RUNTIME  STATE          HEARD      OBJECTS",
                        "w1       takes objects  0.1 s ago  1",
                        "w2       not heard of   4.0 s ago  1",
                        "",
                        "OBJECT  DOMAIN  INCARNATION  RUNTIME  STATE  CHECKPOINTS  LOG",
                        "adder   adder   3            w1       there  7 8          41 entries, 5 KiB",
                        "teller  teller  1            w2       lost   7 8          41 entries, 5 KiB");
    }

    private static RecoveryStatus.ObjectStatus status(
            String object, long incarnation, String runtime, RecoveryStatus.State state) {
        return new RecoveryStatus.ObjectStatus(
                object, object, incarnation, runtime, state, List.of(7L, 8L), new RecoveryStatus.LogStatus(41, 5000));
    }

    @Test
    public void linksAreListedAndRuntimesExpelled() {
        assertThat(type("actium:links"))
                .containsExactly("RUNTIME  ID        ROUTE", "w1       00000000  tcp 127.0.0.1:4711");
        assertThat(type("actium:expel w1")).containsExactly("w1 (00000000) is expelled from the domain");
        assertThat(orders).containsExactly("expel w1");
    }

    private static Names names() {
        NamedObject till = new NamedObject("till", "actium://h:1/till", "shop-3", "org.example.Shop", "worker-1");
        return Fake.of(Names.class, Map.of("list", (Function<Object[], Object>)
                arguments -> arguments == null || arguments.length == 0 ? List.of(till) : List.of()));
    }

    @Test
    public void namesAreListedOfThisRuntimeOrAnother() {
        assertThat(type("actium:names"))
                .containsExactly(
                        "NAME  OBJECT  CLASS             RUNTIME   URL",
                        "till  shop-3  org.example.Shop  worker-1  actium://h:1/till");
        assertThat(type("actium:names actium://h:2")).containsExactly("no names");
    }

    @Test
    public void deployShowsWhatHappensAndSaysTheId() {
        assertThat(type("actium:deploy " + file + " NODES=2 HEAP=64m"))
                .containsExactly("w1: joined after 900 ms", "deployed as d1");
        assertThat(deployed)
                .singleElement()
                .satisfies(source -> assertThat(source.variables()).isEqualTo(Map.of("NODES", "2", "HEAP", "64m")));
    }

    @Test
    public void eventsAreThoseOfADeployment() {
        assertThat(type("actium:events d1")).containsExactly("w1: started, process 42", "w1: failed: it ended");
        assertThat(type("actium:events d2")).containsExactly("there is no deployment 'd2'; there are: d1");
    }

    @Test
    public void doctorSaysWhatIsToBeMended() {
        assertThat(type("actium:doctor " + file))
                .containsExactly(
                        "gate → node7",
                        "  reached    by ssh",
                        "  java       none",
                        "    mend:    install one",
                        "0 of 1 hosts are well, 1 thing is to be mended");
        assertThat(type("actium:doctor none.xml").getFirst()).startsWith("there is no file ");
    }

    @Test
    public void planShowsItsText() {
        assertThat(type("actium:plan " + file + " NODES=2"))
                .containsExactly(
                        "grid.xml", "  variables", "    NODES = 2", "  virtual nodes", "  launches", "    none");
    }

    @Test
    public void undeployNamesWhatThereIsInsteadOfWhatThereIsNot() {
        assertThat(type("actium:undeploy d1")).containsExactly("undeployed d1");
        assertThat(undeployed).containsExactly("d1");
        assertThat(type("actium:undeploy d2")).containsExactly("there is no deployment 'd2'; there are: d1");
    }

    @Test
    public void listsAreTables() {
        assertThat(type("actium:deployments"))
                .containsExactly(
                        "ID  STATE       VIRTUAL NODES            SOURCE    SINCE",
                        "d1  ACTIVATING  workers:0/2, 1 degraded  grid.xml  2026-01-02T03:04:05Z");
        assertThat(type("actium:nodes"))
                .containsExactly(
                        "NODE  RUNTIME  VIRTUAL NODE  URL            PROPERTIES",
                        "n1    w1       workers       actium://h/n1  a=1 b=2",
                        "d     main                   actium://h2/d");
        assertThat(type("actium:objects"))
                .containsExactly(
                        "OBJECT     CLASS                RUNTIME  NODE  QUEUED  SERVED",
                        "counter-1  org.example.Counter  w1       n1    2       9");
        assertThat(type("actium:services"))
                .containsExactly(
                        "SERVICE     CLASS          BUNDLE       VERSION",
                        "properties  org.example.P  org.example  1.0.0");
    }

    @Test
    public void errorsAreTheirMessage() {
        assertThat(type("actium:deploy missing.xml"))
                .singleElement()
                .asString()
                .startsWith("there is no file ")
                .endsWith("missing.xml");
        assertThat(type("actium:deploy " + file + " NODES"))
                .containsExactly("variables are name=value, Java properties -Dname=value, not 'NODES'");

        refusal = Optional.of(new DescriptorException(List.of(
                new Problem(new SourcePosition("grid.xml", 1, 2), "one"),
                new Problem(new SourcePosition("grid.xml", 3, 4), "two"))));
        assertThat(type("actium:plan " + file)).containsExactly("grid.xml:1:2: one", "grid.xml:3:4: two");

        failure = Optional.of(new DeploymentException("virtual node 'workers': 0 of 2 nodes"));
        refusal = Optional.empty();
        assertThat(type("actium:deploy " + file))
                .containsExactly("w1: joined after 900 ms", "virtual node 'workers': 0 of 2 nodes");
    }

    private Deployment deploy(Object[] arguments) {
        deployed.add((DescriptorSource) arguments[0]);
        ((DeploymentListener) arguments[1]).happened(new DeploymentEvent.Joined("w1", Duration.ofMillis(900)));
        return deployment;
    }

    private Descriptor read(DescriptorSource source) {
        refusal.ifPresent(thrown -> {
            throw thrown;
        });
        return new Descriptor(source.name(), source.variables(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    }

    private static Inventory inventory() {
        ObjectInfo counter =
                new ObjectInfo(new BodyId(new RuntimeId(1, 2), 7), "counter-1", "org.example.Counter", "n1", 2, 9);
        return Fake.of(
                Inventory.class,
                Map.of(
                        "nodes",
                                List.of(
                                        new Inventory.NodeView(
                                                "n1", "actium://h/n1", "w1", "workers", Map.of("b", "2", "a", "1")),
                                        new Inventory.NodeView("d", "actium://h2/d", "main", "", Map.of())),
                        "objects", List.of(new Inventory.ObjectView("w1", counter)),
                        "services", List.of(new ServiceOffer("properties", "org.example.P", "org.example", "1.0.0"))));
    }

    /** The lines that a user sees after typing one. */
    private List<String> type(String line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new ConsoleSession(
                            gogo.processor(),
                            new ByteArrayInputStream((line + "\nexit\n").getBytes(StandardCharsets.UTF_8)),
                            out)
                    .run();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        String shown = out.toString(StandardCharsets.UTF_8);
        assertThat(shown).startsWith(ConsoleSession.PROMPT).endsWith(ConsoleSession.PROMPT);
        return shown.substring(ConsoleSession.PROMPT.length(), shown.length() - ConsoleSession.PROMPT.length())
                .lines()
                .toList();
    }
}
