package org.actium.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.launcher.cli.Command;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.cli.Options;
import org.actium.launcher.cli.Syntax;
import org.actium.launcher.state.DaemonRecord;
import org.actium.launcher.state.Instance;
import org.actium.launcher.state.StateRoot;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/** The commands that talk to a running container, against a server that answers what the test says. */
public class HttpCommandsTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final Shell shell = new Shell();
    private final List<String> requests = new ArrayList<>();
    private StateRoot states;
    private HttpServer server;
    private int status = 200;
    private String answer = "[]";
    private String laterAnswer; // from the second request on, if there is one

    @Before
    public void startContainer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        states = new StateRoot(folder.getRoot().toPath());
        Instance instance = states.instance("default");
        instance.create();
        Files.writeString(instance.restToken(), "secret\n");
        String http = "http://127.0.0.1:" + server.getAddress().getPort();
        instance.publish(DaemonRecord.ofThisProcess("default", "admin", Optional.of(http), Optional.empty()));
    }

    @After
    public void stopServer() {
        server.stop(0);
    }

    @Test
    public void deploysTheBytesOfTheFileUnderItsNameWithVariables() throws IOException {
        Path file = Files.writeString(folder.getRoot().toPath().resolve("grid.xml"), "<xml/>");
        answer = "{\"id\": \"d1\", \"state\": \"ACTIVATING\"}";

        assertThat(shell.run(deploy(), file.toString(), "--var", "USER=a b", "--var=N=2", "--no-wait"))
                .isZero();

        assertThat(requests.getFirst())
                .startsWith("POST /api/deployments?name=")
                .endsWith("grid.xml&var=USER%3Da+b&var=N%3D2 Bearer secret <xml/>");
        assertThat(shell.out()).isEqualTo("d1 ACTIVATING\n");
    }

    @Test
    public void deploysWithJavaProperties() throws IOException {
        Path file = Files.writeString(folder.getRoot().toPath().resolve("grid.xml"), "<xml/>");
        answer = "{\"id\": \"d1\", \"state\": \"ACTIVATING\"}";

        assertThat(shell.run(deploy(), "-Duser.home=/home/a b", file.toString(), "--no-wait"))
                .isZero();

        assertThat(requests.getFirst()).contains("grid.xml&var=-Duser.home%3D%2Fhome%2Fa+b Bearer");
        assertThat(shell.run(deploy(), "-Duser.home", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).isEqualTo("actium deploy: option -D wants name=value, not 'user.home'\n");
    }

    @Test
    public void explainsADeploymentOfTheRunningContainer() {
        answer = "d1 is ready\n";

        assertThat(shell.run(explain(), "d1")).isZero();
        assertThat(shell.out()).isEqualTo("d1 is ready\n");
        assertThat(requests).containsExactly("GET /api/deployments/d1/explanation Bearer secret ");

        assertThat(shell.run(explain(), "--name", "default", "d2")).isZero();
        assertThat(requests.getLast()).startsWith("GET /api/deployments/d2/explanation");
    }

    @Test
    public void explainsWhatIsNoDeploymentAsAPartOfDescriptors() {
        status = 404;

        assertThat(shell.run(explain(), "jvmProcess")).isZero();
        assertThat(shell.out()).isEqualTo("descriptors: [jvmProcess]\n");

        assertThat(shell.run(explain(), "workers", "grid.xml")).isZero();
        assertThat(shell.out()).isEqualTo("descriptors: [workers, grid.xml]\n");

        assertThat(shell.run(explain(), "d9", "--name=default")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).isEqualTo("actium explain: there is no deployment 'd9'\n");
    }

    @Test
    public void expelsARuntime() {
        assertThat(shell.run(new DomainCommand(states, shell.terminal()), "expel", "worker 1"))
                .isZero();
        assertThat(requests.getFirst()).startsWith("DELETE /api/domain/members/worker%201");
        assertThat(shell.out()).isEqualTo("worker 1 EXPELLED\n");
        assertThat(shell.run(new DomainCommand(states, shell.terminal()), "found", "it"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    public void deployingShowsWhatHappensUntilTheNodesAreThereAndListsThem() throws IOException {
        Path file = Files.writeString(folder.getRoot().toPath().resolve("grid.xml"), "<xml/>");
        answer = "{\"id\": \"d1\", \"state\": \"ACTIVATING\"}";
        laterAnswer = """
                {"id": "d1", "state": "READY", "virtualNodes": [
                 {"name": "workers", "nodes": [{"name": "w1", "url": "actium://h:1/w1"}]}]}""";

        assertThat(shell.run(deploy(), file.toString())).isZero();

        assertThat(requests)
                .extracting(request -> request.substring(0, request.indexOf(" Bearer")))
                .endsWith(
                        "GET /api/deployments/d1/events?after=0&wait=PT20S",
                        "GET /api/deployments/d1",
                        "GET /api/deployments/d1/events?after=2");
        assertThat(shell.err()).isEqualTo("w: started\nw: joined\nthat is all\n");
        assertThat(shell.out()).isEqualTo("d1 READY\n  workers actium://h:1/w1\n");
    }

    @Test
    public void aDeploymentThatFailsIsUndeployedAndSaysWhy() throws IOException {
        Path file = Files.writeString(folder.getRoot().toPath().resolve("grid.xml"), "<xml/>");
        answer = "{\"id\": \"d1\", \"state\": \"ACTIVATING\"}";
        laterAnswer = "{\"id\": \"d1\", \"state\": \"FAILED\", \"failure\": \"no node came\"}";

        assertThat(shell.run(deploy(), file.toString())).isEqualTo(ExitCode.FAILED);

        assertThat(requests.getLast()).startsWith("DELETE /api/deployments/d1");
        assertThat(shell.err()).endsWith("\nactium deploy: no node came; nothing of it is left\n");
    }

    @Test
    public void aDeploymentThatFailsIsKeptOnRequest() throws IOException {
        Path file = Files.writeString(folder.getRoot().toPath().resolve("grid.xml"), "<xml/>");
        answer = "{\"id\": \"d1\", \"state\": \"ACTIVATING\"}";
        laterAnswer = "{\"id\": \"d1\", \"state\": \"FAILED\", \"failure\": \"no node came\"}";

        assertThat(shell.run(deploy(), file.toString(), "--keep")).isEqualTo(ExitCode.FAILED);

        assertThat(shell.err())
                .endsWith("\nactium deploy: no node came; what came is still there: actium undeploy d1\n");
    }

    @Test
    public void printsEveryProblemOfADescriptorWithItsPlace() throws IOException {
        Path file = Files.writeString(folder.getRoot().toPath().resolve("grid.xml"), "<xml/>");
        status = 422;
        answer = """
                {"title": "Invalid descriptor", "status": 422, "detail": "2 problems", "problems": [
                 {"source": "grid.xml", "line": 3, "column": 7, "message": "no such variable"},
                 {"source": "grid.xml", "line": 9, "column": 1, "message": "unknown element"}]}""";

        assertThat(shell.run(deploy(), file.toString())).isEqualTo(ExitCode.USAGE);

        assertThat(shell.err()).isEqualTo("""
                actium deploy: 2 problems
                grid.xml:3:7: no such variable
                grid.xml:9:1: unknown element
                """);
    }

    @Test
    public void doesNotAskTheContainerIfTheFileIsMissing() {
        assertThat(shell.run(deploy(), "nowhere.xml")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("there is no file 'nowhere.xml'");
        assertThat(requests).isEmpty();
    }

    @Test
    public void tellsAFailureOfTheContainerFromBadInput() {
        status = 500;
        answer = "{\"detail\": \"node03 did not start\", \"problems\": []}";

        assertThat(shell.run(new UndeployCommand(states, shell.terminal()), "d1"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(shell.err()).isEqualTo("actium undeploy: node03 did not start\n");
    }

    @Test
    public void toleratesAnErrorThatIsNotJson() {
        status = 503;
        answer = "<html>busy</html>";

        assertThat(shell.run(nodes())).isEqualTo(ExitCode.FAILED);
        assertThat(shell.err()).contains("status 503");
    }

    @Test
    public void undeploysById() {
        answer = "";
        status = 204;

        assertThat(shell.run(new UndeployCommand(states, shell.terminal()), "d1"))
                .isZero();
        assertThat(requests).containsExactly("DELETE /api/deployments/d1 Bearer secret ");
    }

    @Test
    public void printsNothingButTheToken() {
        answer = "{\"id\": \"t1\", \"token\": \"t1.s3cret\", \"validUntil\": \"2026-01-01T00:00:00Z\"}";

        assertThat(shell.run(new TokenCommand(states, shell.terminal()), "--valid", "2h"))
                .isZero();
        assertThat(shell.out()).isEqualTo("t1.s3cret\n");
        assertThat(requests).containsExactly("POST /api/tokens?valid=PT2H Bearer secret ");
    }

    @Test
    public void listsAsATableOrAsJson() {
        answer = "[{\"name\": \"n1\", \"url\": \"actium://h:1/n1\"}]";

        shell.run(nodes());
        assertThat(shell.out()).isEqualTo("NAME  URL\nn1    actium://h:1/n1\n");

        shell.run(nodes(), "--json");
        assertThat(shell.out()).isEqualTo("[{\"name\":\"n1\",\"url\":\"actium://h:1/n1\"}]\n");
    }

    @Test
    public void namesTheRunningContainersIfTheOneAskedForIsNot() {
        assertThat(shell.run(nodes(), "--name", "other")).isEqualTo(ExitCode.NOT_RUNNING);
        assertThat(shell.err()).contains("container 'other' is not running; running: 'default'");
    }

    @Test
    public void refusesToAskAContainerThatHasNoHttpApi() throws IOException {
        Instance joined = states.instance("joined");
        joined.create();
        joined.publish(DaemonRecord.ofThisProcess("joined", "node", Optional.empty(), Optional.of("127.0.0.1:4000")));

        assertThat(shell.run(nodes(), "--name", "joined")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("has joined 127.0.0.1:4000");
    }

    @Test
    public void saysThatTheContainerDoesNotAnswer() {
        server.stop(0);

        assertThat(shell.run(nodes())).isEqualTo(ExitCode.FAILED);
        assertThat(shell.err()).contains("container 'default' runs, but does not answer at http://127.0.0.1:");
    }

    @Test
    public void showsWhereOthersJoin() {
        answer = "{\"endpoints\": [\"127.0.0.1:40123\"]}";

        assertThat(shell.run(new StatusCommand(states, shell.terminal()))).isZero();
        assertThat(shell.out())
                .contains("container 'default' is running: pid "
                        + ProcessHandle.current().pid())
                .contains("links   127.0.0.1:40123");
    }

    private DeployCommand deploy() {
        return new DeployCommand(states, shell.terminal());
    }

    private ExplainCommand explain() {
        return new ExplainCommand(
                new Command() {
                    @Override
                    public Syntax syntax() {
                        return Syntax.of("explain", "explains").passedOn("<words>");
                    }

                    @Override
                    public int run(Options options) {
                        shell.terminal().out().println("descriptors: " + options.operands());
                        return ExitCode.OK;
                    }
                },
                states,
                shell.terminal());
    }

    private ListCommand nodes() {
        return new ListCommand("nodes", "lists", List.of("name", "url"), states, shell.terminal());
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String text = requests.getLast().contains("/events?")
                ? events(exchange.getRequestURI().getQuery())
                : requests.size() > 1 && laterAnswer != null ? laterAnswer : answer;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String events(String query) {
        return switch (query) {
            case "after=0&wait=PT20S" ->
                "[{\"number\": 1, \"text\": \"w: started\"}, {\"number\": 2, \"text\": \"w: joined\"}]";
            case "after=2" -> "[{\"number\": 3, \"text\": \"that is all\"}]";
            default -> "[]";
        };
    }
}
