package org.actium.application.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.actium.deployment.api.DeploymentEvent.Joined;
import org.actium.deployment.api.DeploymentEvent.NodeAttached;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.MainDefinition;
import org.actium.deployment.model.SourcePosition;
import org.actium.future.api.Futures;
import org.actium.object.api.ActiveObjects;
import org.actium.runtime.api.Endpoint;
import org.actium.service.api.ServiceUse;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

public class RunCommandTest {

    private static final String MAIN = SampleApplication.class.getName();

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final TestFramework framework = new TestFramework();

    private final FakeDeployments deployments = new FakeDeployments();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path told;
    private boolean endsWithParent;

    @Before
    public void packApplication() throws IOException {
        framework.jar(
                "apps/sample.jar",
                "sample;main=" + MAIN + ";descriptor=app.xml,bare;main=" + MAIN,
                SampleApplication.class);
        told = folder.getRoot().toPath().resolve("told");
    }

    @Test
    public void deploysCallsMainAndUndeploys() throws IOException {
        int exitCode = run("sample", "--nodes", "3", "--arg", "b=8", "--arg", "a=1", "--", told.toString());

        assertThat(stderr()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(Files.readAllLines(told))
                .containsExactly("options {b=8, a=1}", "deployed true", "context loader true");
        assertThat(deployments.deployed).singleElement().satisfies(source -> {
            assertThat(source.name()).isEqualTo("app.xml");
            assertThat(source.variables()).hasToString("{NODES=3}");
        });
        assertThat(deployments.undeployed).containsExactly("app.xml");
    }

    @Test
    public void printsWhatHappensWithTheTimeSinceTheProcessBegan() {
        deployments.happening(
                new Joined("w1", Duration.ofMillis(900)),
                new NodeAttached("workers", new FakeNode("actium://127.0.0.1:1/n")));

        run("sample", "--", told.toString());

        assertThat(stdout().lines())
                .containsExactly(
                        "[  1.10 s] deploying app.xml",
                        "[  1.20 s] w1: joined after 900 ms",
                        "[  1.40 s] workers: node actium://127.0.0.1:1/n",
                        "[  1.60 s] first node ready after 1.30 s, result after 1.50 s",
                        "[  1.70 s] undeployed app.xml");
    }

    @Test
    public void faultToleranceIsAServiceOfAllVirtualNodesAndASpareJvm() {
        assertThat(run("sample", "--ft", "pml", "--", told.toString())).isZero();

        assertThat(deployments.deployed).extracting(DescriptorSource::name).containsExactly("spare node", "app.xml");
        assertThat(deployments.applied).extracting(ServiceUse::service).containsExactly("pml");
        assertThat(deployments.undeployed).containsExactly("app.xml", "spare node");
    }

    /** Whoever asks for a server first decides which one there is. */
    @Test
    public void theSpareJvmNamesTheServerThatTheDescriptorNames() {
        String url = "rmi://localhost:1100/FTServer";
        deployments.asking(new ServiceUse("labels", "label", Map.of("globalServer", "none of fault tolerance")));
        deployments.asking(
                new ServiceUse("ft", "org.actium.ft", Map.of("protocol", "pml", "globalServer", url, "ttc", "5")));

        assertThat(run("sample", "--ft", "pml", "--", told.toString())).isZero();

        assertThat(deployments.deployed.getFirst().name()).isEqualTo("spare node");
        assertThat(new String(deployments.deployed.getFirst().xml(), StandardCharsets.UTF_8))
                .contains("globalServer", url)
                .doesNotContain("ttc");
        assertThat(deployments.applied).extracting(ServiceUse::arguments).containsExactly(Map.of("globalServer", url));
    }

    /** Also if the run is killed: otherwise there would be nobody left whom the server could recover. */
    @Test
    public void theServerThatTheDescriptorNamesHoldsTheLeaseOfTheJvms() {
        endsWithParent = true;
        deployments.asking(new ServiceUse("ft", "pml", Map.of("globalServer", "rmi://127.0.0.1:1100/FTServer")));

        assertThat(run("sample", "--ft", "pml", "--", told.toString())).isZero();

        assertThat(deployments.held)
                .containsExactly(
                        Optional.of(new Endpoint("127.0.0.1", 1100)), Optional.of(new Endpoint("127.0.0.1", 1100)));
    }

    @Test
    public void whatOutlivesTheServerHoldsTheLeaseItself() {
        deployments.asking(new ServiceUse("ft", "pml", Map.of("globalServer", "rmi://127.0.0.1:1100/FTServer")));

        assertThat(run("sample", "--", told.toString())).isZero();

        assertThat(deployments.deployed).extracting(DescriptorSource::name).containsExactly("app.xml");
        assertThat(deployments.held).isEmpty();
    }

    @Test
    public void nobodyElseHoldsTheLeaseWhereNoServerIsNamed() {
        endsWithParent = true;
        deployments.asking(new ServiceUse("ft", "pml", Map.of("ttc", "5")));
        deployments.asking(new ServiceUse("labels", "label", Map.of("globalServer", "rmi://127.0.0.1:1100/FTServer")));

        assertThat(run("sample", "--", told.toString())).isZero();

        assertThat(deployments.held).containsExactly(Optional.empty());
    }

    @Test
    public void whomADescriptorNamesHoldsTheLease() {
        endsWithParent = true;
        deployments.asking(new ServiceUse("ft", "pml", Map.of("globalServer", "rmi://127.0.0.1:1100/FTServer")));
        deployments.heldBy(new Endpoint("127.0.0.1", 4711));

        assertThat(run("sample", "--", told.toString())).isZero();

        assertThat(deployments.held).containsExactly(Optional.of(new Endpoint("127.0.0.1", 4711)));
    }

    @Test
    public void aRunThatEndedBeforeItsKillFails() {
        assertThat(run("sample", "--kill", "2", "--", told.toString())).isEqualTo(1);
        assertThat(stderr()).startsWith("actium run: 0 of 2 JVMs were killed while main ran; choose an earlier moment");
        assertThat(deployments.undeployed).containsExactly("app.xml");
    }

    @Test
    public void whatIsNotDeployedIsNotProtected() {
        assertThat(run("bare", "--ft", "pml", "--", told.toString())).isEqualTo(2);
        assertThat(stderr()).startsWith("actium run: application 'bare' has no descriptor");
        assertThat(told).doesNotExist();
    }

    @Test
    public void quietLeavesTheTerminalToTheApplication() {
        assertThat(run("sample", "--quiet", "--", told.toString())).isZero();
        assertThat(stdout()).isEmpty();
    }

    @Test
    public void anotherDescriptorMayBeGiven() throws IOException {
        Path other = Files.writeString(folder.newFile("other.xml").toPath(), "<other/>");

        run("bare", "--descriptor", other.toString(), "--", told.toString());

        assertThat(deployments.deployed).extracting(DescriptorSource::name).containsExactly(other.toString());
    }

    @Test
    public void aDescriptorMaySayWhatIsRun() throws IOException {
        Path other = Files.writeString(folder.newFile("other.xml").toPath(), "<other/>");
        deployments.defining(new MainDefinition(
                "m", MAIN, List.of(told.toString()), List.of(), List.of(), new SourcePosition("other.xml", 1, 1)));

        assertThat(run("bare", "--descriptor", other.toString())).isZero();

        assertThat(Files.readAllLines(told)).contains("deployed true");
    }

    @Test
    public void anApplicationWithoutDescriptorDeploysNothing() throws IOException {
        assertThat(run("bare", "--", told.toString())).isZero();
        assertThat(Files.readAllLines(told)).contains("deployed false");
        assertThat(deployments.deployed).isEmpty();

        assertThat(run("bare", "--nodes", "2", "--", told.toString())).isEqualTo(2);
        assertThat(stderr())
                .isEqualToIgnoringNewLines("actium run: application 'bare' has no descriptor with variables NODES; "
                        + "name one with --descriptor");
    }

    @Test
    public void everyProblemOfADescriptorIsPrinted() {
        deployments.refusing("virtual node 'a' is not mapped");

        assertThat(run("sample", "--", told.toString())).isEqualTo(2);
        assertThat(stderr().lines())
                .containsExactly("app.xml:1:2: virtual node 'a' is not mapped", "app.xml:3:4: another problem");
        assertThat(told).doesNotExist();
    }

    @Test
    public void aDeploymentThatFailsIsUndeployed() {
        deployments.failing("virtual node 'workers': 0 of 1 nodes");

        assertThat(run("sample", "--", told.toString())).isEqualTo(1);
        assertThat(stderr())
                .isEqualToIgnoringNewLines("deployment of app.xml failed: virtual node 'workers': 0 of 1 nodes");
        assertThat(deployments.undeployed).containsExactly("app.xml");
        assertThat(told).doesNotExist();
    }

    @Test
    public void whatMainThrowsIsPrintedWithoutTheFramesThatCalledIt() {
        assertThat(run("sample", "--", told.toString(), "fail")).isEqualTo(1);
        assertThat(stderr().lines()).first().isEqualTo("application 'sample' failed:");
        assertThat(stderr())
                .contains(
                        "IllegalStateException: on purpose", "at " + MAIN + ".fail(", "Caused by: java.io.IOException")
                .doesNotContain("java.lang.reflect", "ApplicationRun", "jdk.internal");
        assertThat(deployments.undeployed).containsExactly("app.xml");
        assertThat(stdout()).doesNotContain("result after");
    }

    @Test
    public void anOptionThatTheApplicationCannotUseIsWrongUsage() {
        assertThat(run("sample", "--", told.toString(), "refuse")).isEqualTo(2);
        assertThat(stderr()).isEqualToIgnoringNewLines("application 'sample': option b wants a number, not 'x'");
        assertThat(deployments.undeployed).containsExactly("app.xml");
    }

    @Test
    public void mainGetsWhatBundlesOffer() {
        AtomicInteger runs = new AtomicInteger();
        assertThat(run("sample", "--", told.toString(), "ask")).isEqualTo(1);
        assertThat(stderr())
                .contains("application 'sample' asks for java.lang.Runnable, which no bundle of this runtime offers");

        framework.context().registerService(Runnable.class, runs::incrementAndGet, null);

        assertThat(run("sample", "--", told.toString(), "ask")).isZero();
        assertThat(runs).hasValue(1);
    }

    @Test
    public void wrongUsageStartsNothing() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("nobody")).isEqualTo(2);
        assertThat(run("sample", "--descriptor", "missing.xml")).isEqualTo(2);
        assertThat(stderr().lines())
                .containsExactly(
                        "actium run: which application?",
                        "actium run: there is no application 'nobody'; there are: bare, sample",
                        "actium run: there is no file missing.xml");
        assertThat(deployments.deployed).isEmpty();
    }

    @Test
    public void anApplicationWhoseBundleDoesNotResolveFails() {
        framework
                .importing("org.example.missing")
                .jar("apps/unready.jar", "unready;main=" + MAIN, SampleApplication.class);

        assertThat(run("unready")).isEqualTo(1);
        assertThat(stderr())
                .startsWith("application 'unready' cannot be started: ")
                .contains("org.example.missing");
    }

    @Test
    public void helpExplainsTheOptions() {
        assertThat(run("--help")).isZero();
        assertThat(stdout()).startsWith("usage: actium run <application>").contains("--descriptor", "--quiet");
    }

    private int run(String... arguments) {
        ManualTime time = new ManualTime();
        Stopwatch stopwatch = new Stopwatch(time, ManualTime.START.minusSeconds(1));
        return new RunCommand(
                        new Applications(framework.context(), Optional.empty()),
                        deployments,
                        Unused.service(ActiveObjects.class),
                        Unused.service(Futures.class),
                        listener -> () -> {},
                        endsWithParent,
                        time,
                        stopwatch,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .applyAsInt(arguments);
    }

    private String stdout() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String stderr() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
