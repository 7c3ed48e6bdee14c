package org.actium.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actium.itests.support.Cli;
import org.actium.itests.support.Containers;
import org.actium.itests.support.Eventually;
import org.actium.itests.support.SharedContainer;
import org.actium.itests.support.TestBundles;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Bundles of technical services come to a daemon and go, over HTTP, from its console, and as files. */
public class ServiceBundlesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LABEL = "/bundles/org.actium.itests.label";
    private static final String OFFER = "\"id\":\"label\"";
    private static final String GREEN = "\"colour\":\"green\"";
    private static final String RED = "\"colour\":\"red\"";
    private static final String GOLD = "\"label\":\"gold\"";
    private static final String SILVER = "\"label\":\"silver\"";
    private static final String SECOND = "\"label.edition\":\"second\"";

    @Rule
    public final Timeout deadline = Timeout.seconds(240);

    @ClassRule
    public static final SharedContainer CONTAINER = new SharedContainer(Containers.home(), "--http-port", "0");

    private final Cli cli = CONTAINER.cli();
    private final HttpClient http = HttpClient.newHttpClient();

    @Before
    public void start() {
        CONTAINER.start();
    }

    @After
    public void leaveItAsItWas() throws IOException {
        CONTAINER.undeployAll();
        Files.deleteIfExists(file("drop").resolve("label.jar"));
        send("DELETE", LABEL + "?force=true", BodyPublishers.noBody());
        cli.run("stop", "--name", "w1");
        http.close();
    }

    private static String must(Cli.Result result) {
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.out();
    }

    @Test
    public void bundlesAreChangedOverHttp() throws Exception {
        byte[] jar = Files.readAllBytes(TestBundles.labelService());
        assertThat(send("GET", LABEL + "/preview", BodyPublishers.noBody()).statusCode())
                .isEqualTo(404);

        HttpResponse<String> installed = send("POST", "/bundles", BodyPublishers.ofByteArray(jar));
        assertThat(installed.statusCode()).as(installed.body()).isEqualTo(201);
        assertThat(installed.headers().firstValue("Location").orElse("")).endsWith("/api" + LABEL);
        awaitOffered(true);
        assertThat(send("POST", "/bundles", BodyPublishers.ofByteArray(jar)).statusCode())
                .as("is there already")
                .isEqualTo(409);
        assertThat(send("POST", "/bundles", BodyPublishers.ofString("no jar")).statusCode())
                .isEqualTo(400);

        must(send("POST", LABEL + "/stop", BodyPublishers.noBody()));
        awaitOffered(false);
        must(send("POST", LABEL + "/start", BodyPublishers.noBody()));
        awaitOffered(true);
        String own = deployHere();
        awaitNodes("as it was installed", Map.of(SILVER, 1, SECOND, 0));
        assertThat(must(send("PUT", LABEL, BodyPublishers.ofByteArray(secondEdition()))))
                .contains("org.actium.itests.label");
        awaitNodes("as it is updated", Map.of(SILVER, 1, SECOND, 1));
        must(send("DELETE", "/deployments/" + own, BodyPublishers.noBody()));
        must(send("DELETE", LABEL, BodyPublishers.noBody()));
        awaitOffered(false);
        assertThat(send("DELETE", LABEL, BodyPublishers.noBody()).statusCode()).isEqualTo(404);
    }

    @Test
    public void bundlesAreChangedFromTheConsole() throws Exception {
        String jar = TestBundles.labelService().toString();
        assertThat(must(cli.run("console", "-c", "actium:bundle-install " + jar)))
                .contains("org.actium.itests.label is installed and started");
        awaitOffered(true);
        assertThat(console("bundle-preview org.actium.itests.label"))
                .contains("restarts: org.actium.itests.label")
                .contains("active objects that this loses: none");
        assertThat(console("bundle-preview org.actium.runtime.core")).contains("org.actium.object.core");
        console("bundle-stop org.actium.itests.label");
        awaitOffered(false);
        console("bundle-start org.actium.itests.label");
        awaitOffered(true);
        String own = deployHere();
        whatANodeLacksIsShownUntilItIsBack(own);
        awaitNodes("as it was installed", Map.of(SILVER, 1, SECOND, 0));
        Path second = Files.write(cli.state().resolve("second.jar"), secondEdition());
        assertThat(console("bundle-update org.actium.itests.label " + second))
                .contains("restarted: org.actium.itests.label");
        awaitNodes("as it is updated", Map.of(SILVER, 1, SECOND, 1));
        must(send("DELETE", "/deployments/" + own, BodyPublishers.noBody()));
        assertThat(console("bundle-uninstall org.actium.itests.label"))
                .contains("goes, and restarts what used it: org.actium.itests.label");
        awaitOffered(false);
    }

    private String console(String command) {
        return must(cli.run("console", "-c", "actium:" + command));
    }

    @Test
    public void aJarInTheFolderIsABundle() throws Exception {
        Path folder = file("drop");
        Path jar = folder.resolve("label.jar");
        Files.copy(TestBundles.labelService(), jar);
        awaitOffered(true);
        String own = deployHere();
        awaitNodes("as it was dropped", Map.of(SILVER, 1, SECOND, 0));

        Files.write(folder.resolve("label.new"), secondEdition());
        Files.move(folder.resolve("label.new"), jar, StandardCopyOption.REPLACE_EXISTING);
        awaitNodes("as it is updated", Map.of(SILVER, 1, SECOND, 1));
        Path log = file("daemon.log");
        Eventually.becomes(
                "told",
                PATIENCE,
                () -> read(log).contains("bundle org.actium.itests.label is updated"),
                () -> read(log));

        must(send("DELETE", "/deployments/" + own, BodyPublishers.noBody()));
        Files.delete(jar);
        awaitOffered(false);
    }

    @Test
    public void aPlanSaysWhichServicesDoNotGoTogetherAndWhyNot() throws IOException {
        Path descriptor = Files.writeString(cli.state().resolve("conflict.xml"), """
                <ProActiveDescriptor>
                  <virtualNodesDefinition>
                    <virtualNode name="own" serviceRefid="slow quick"/>
                    <virtualNode name="safe" serviceRefid="recovers refuses"/>
                    <virtualNode name="sure" serviceRefid="recovers repeats"/>
                  </virtualNodesDefinition>
                  <technicalServiceDefinitions>
                    <service id="slow" class="ordering"><arg name="order" value="causal"/></service>
                    <service id="quick" class="ordering"><arg name="order" value="fifo"/></service>
                    <service id="recovers" class="pml"/>
                    <service id="refuses" class="rate-limit"><arg name="perSecond" value="1"/></service>
                    <service id="repeats" class="call-policy"/>
                  </technicalServiceDefinitions>
                  <deployment>
                    <mapping>
                      <map virtualNode="own"><jvmSet><currentJVM/></jvmSet></map>
                      <map virtualNode="safe"><jvmSet><currentJVM/></jvmSet></map>
                      <map virtualNode="sure"><jvmSet><currentJVM/></jvmSet></map>
                    </mapping>
                  </deployment>
                </ProActiveDescriptor>
                """);

        assertThat(console("plan " + descriptor))
                .contains("virtual node 'own': technical services 'slow' (service ordering) and 'quick' (service"
                        + " ordering) do not go together: 'slow' (service ordering) excludes 'order-of-messages'")
                .contains("virtual node 'safe': technical services 'refuses' (service rate-limit) and 'recovers'"
                        + " (service pml) do not go together: 'refuses' (service rate-limit) excludes"
                        + " 'fault-tolerance'")
                .contains("virtual node 'sure': technical services 'repeats' (service call-policy) and 'recovers'"
                        + " (service pml) do not go together: 'repeats' (service call-policy) excludes"
                        + " 'fault-tolerance'");
    }

    /** Of one virtual node, one is on a JVM that was created for it, the other on a container started by hand. */
    @Test
    public void nodesAreConfiguredAlikeWhereverTheyAre() throws Exception {
        Matcher endpoint = Pattern.compile("(127\\.0\\.0\\.1:\\d+)")
                .matcher(cli.run("status").out().replace("127.0.0.1:" + CONTAINER.httpPort(), ""));
        assertThat(endpoint.find()).isTrue();
        must(cli.runWithInput(must(cli.run("token")), "start", "--name", "w1", "--join", endpoint.group(1)));
        Path descriptor = cli.state().resolve("alike.xml");
        Files.writeString(descriptor, """
                <ProActiveDescriptor>
                  <virtualNodesDefinition>
                    <virtualNode name="workers" property="multiple" timeout="120000" serviceRefid="settings"/>
                  </virtualNodesDefinition>
                  <technicalServiceDefinitions>
                    <service id="settings" class="properties"><arg name="colour" value="green"/></service>
                  </technicalServiceDefinitions>
                  <deployment>
                    <mapping><map virtualNode="workers"><jvmSet>
                      <vmName value="created"/><vmName value="joined"/>
                    </jvmSet></map></mapping>
                    <jvms>
                      <jvm name="created"><creation><processReference refid="local"/></creation></jvm>
                      <jvm name="joined"><acquisition><serviceReference refid="pool"/></acquisition></jvm>
                    </jvms>
                  </deployment>
                  <infrastructure>
                    <processes><processDefinition id="local"><jvmProcess/></processDefinition></processes>
                    <services>
                      <serviceDefinition id="pool"><joinedContainers nodesAsked="1"/></serviceDefinition>
                    </services>
                  </infrastructure>
                </ProActiveDescriptor>
                """);
        Matcher id = Pattern.compile("\\b(d\\d+)\\b").matcher(must(cli.run("deploy", descriptor.toString())));
        assertThat(id.find()).isTrue();
        awaitNodes("as the descriptor says", Map.of(GREEN, 2));

        must(send("POST", "/bundles", BodyPublishers.ofByteArray(Files.readAllBytes(TestBundles.labelService()))));
        awaitOffered(true);
        String services = "/deployments/" + id.group(1) + "/virtual-nodes/workers/services/";
        must(send("PUT", services + "mark?service=label&arg=text%3Dgold", BodyPublishers.noBody()));
        awaitNodes("applied later, by a bundle that neither had", Map.of(GREEN, 2, GOLD, 2));
        must(send("DELETE", services + "settings", BodyPublishers.noBody()));
        awaitNodes("and the other one stays", Map.of(GREEN, 0, GOLD, 2));

        String workers = id.group(1) + "/workers";
        assertThat(console("service-apply " + workers + " properties colour=red"))
                .contains("properties");
        awaitNodes("applied from the console", Map.of(RED, 2, GOLD, 2));
        console("service-remove " + workers + " properties");
        awaitNodes("and removed", Map.of(RED, 0, GOLD, 2));
    }

    /** To a node of the container itself. @return the deployment */
    private String deployHere() throws IOException {
        Path own = cli.state().resolve("own.xml");
        Files.writeString(own, """
                <ProActiveDescriptor>
                  <virtualNodesDefinition>
                    <virtualNode name="own" serviceRefid="mark"/>
                  </virtualNodesDefinition>
                  <technicalServiceDefinitions>
                    <service id="mark" class="label"><arg name="text" value="silver"/></service>
                  </technicalServiceDefinitions>
                  <deployment>
                    <mapping><map virtualNode="own"><jvmSet><currentJVM/></jvmSet></map></mapping>
                  </deployment>
                </ProActiveDescriptor>
                """);
        Matcher id = Pattern.compile("deployed as (d\\d+)").matcher(console("deploy " + own));
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private void whatANodeLacksIsShownUntilItIsBack(String deployment) {
        must(send("POST", LABEL + "/stop", BodyPublishers.noBody()));
        Eventually.becomes(
                "degraded", PATIENCE, () -> deployments().contains("\"service\":\"mark\""), this::deployments);
        assertThat(deployments()).contains("is missing, because bundle org.actium.itests.label is stopped on runtime");
        assertThat(console("deployments")).contains("own:1/1, 1 degraded");
        assertThat(console("explain " + deployment))
                .contains("technical service 'mark' is missing")
                .contains("actium:bundle-start org.actium.itests.label");
        assertThat(events(deployment)).contains("\"kind\":\"degraded\"").doesNotContain("\"kind\":\"mended\"");

        must(send("POST", LABEL + "/start", BodyPublishers.noBody()));
        Eventually.becomes(
                "mended", PATIENCE, () -> events(deployment).contains("\"kind\":\"mended\""), () -> events(deployment));
        assertThat(deployments()).doesNotContain("\"service\":\"mark\"");
    }

    private String deployments() {
        return must(send("GET", "/deployments", BodyPublishers.noBody()));
    }

    private String events(String deployment) {
        return must(send("GET", "/deployments/" + deployment + "/events", BodyPublishers.noBody()));
    }

    private static byte[] secondEdition() throws IOException {
        return TestBundles.labelService("", Map.of("edition.txt", "second")).readAllBytes();
    }

    /**
     * A runtime that does not answer at once is left out of the list: what is to be gone counts only together with what
     * stays.
     *
     * @param expected how many nodes have which property, all at once
     */
    private void awaitNodes(String what, Map<String, Integer> expected) {
        Eventually.becomes(
                what,
                PATIENCE,
                () -> {
                    String nodes = nodes();
                    return expected.entrySet().stream()
                            .allMatch(property -> count(nodes, property.getKey()) == property.getValue());
                },
                this::nodes);
    }

    private String nodes() {
        return must(send("GET", "/nodes", BodyPublishers.noBody()));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private void awaitOffered(boolean offered) {
        Eventually.becomes(
                offered ? "offered" : "not offered any more",
                PATIENCE,
                () -> services().contains(OFFER) == offered,
                this::services);
    }

    private String services() {
        return must(send("GET", "/services", BodyPublishers.noBody()));
    }

    private static String must(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response.body();
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + CONTAINER.httpPort() + "/api" + path))
                            .header(
                                    "Authorization",
                                    "Bearer " + read(file("rest.token")).strip())
                            .header("Content-Type", "application/octet-stream")
                            .method(method, body)
                            .build(),
                    BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Of the container. */
    private Path file(String name) {
        return cli.state().resolve("default").resolve(name);
    }
}
