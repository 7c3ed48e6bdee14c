package org.actium.launcher.command;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.launcher.cli.CommandFailure;
import org.actium.launcher.cli.ExitCode;
import org.actium.launcher.state.DaemonRecord;
import org.actium.launcher.state.Instance;

/** The HTTP API of a running container. Every method blocks until it has answered. */
final class DaemonApi {

    /** A container that lives accepts connections at once and answers questions soon. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    /** Deploying and undeploying take as long as the time-outs of the descriptor let them. */
    private static final Duration WORK_LIMIT = Duration.ofMinutes(30);

    private static final int NOT_FOUND = 404;

    private final Instance instance;
    private final String address;
    private final String token;

    /** @throws CommandFailure if the container has no HTTP API */
    DaemonApi(RunningInstance selected) throws IOException {
        this(selected.instance(), selected.daemon());
    }

    /** @throws CommandFailure if the container has no HTTP API */
    DaemonApi(Instance instance, DaemonRecord daemon) throws IOException {
        if (daemon.http() == null) {
            throw CommandFailure.usage("container '" + daemon.name() + "' has joined " + daemon.parent()
                    + " and has no HTTP API of its own: ask that one");
        }
        this.instance = instance;
        this.address = daemon.http() + "/api/";
        this.token = Files.readString(instance.restToken()).strip();
    }

    /** @param path below {@code /api/} */
    JsonNode get(String path) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody());
    }

    JsonNode post(String path) throws IOException, InterruptedException {
        return send("POST", path, BodyPublishers.noBody());
    }

    JsonNode post(String path, byte[] xml) throws IOException, InterruptedException {
        return send("POST", path, BodyPublishers.ofByteArray(xml));
    }

    void delete(String path) throws IOException, InterruptedException {
        send("DELETE", path, BodyPublishers.noBody());
    }

    /** What is to be read by people; empty if there is nothing at the path. */
    Optional<String> text(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = exchange("GET", path, BodyPublishers.noBody(), "text/plain");
        if (response.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        if (response.statusCode() >= 400) {
            throw failure(response.statusCode(), json(response.body()));
        }
        return Optional.of(new String(response.body(), StandardCharsets.UTF_8));
    }

    private JsonNode send(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = exchange(method, path, body, "application/json");
        JsonNode answer = json(response.body());
        if (response.statusCode() >= 400) {
            throw failure(response.statusCode(), answer);
        }
        return answer;
    }

    private HttpResponse<byte[]> exchange(String method, String path, BodyPublisher body, String accepted)
            throws IOException, InterruptedException {
        Duration limit = method.equals("GET") ? ANSWER_LIMIT : WORK_LIMIT;
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, body)
                .timeout(limit)
                .header("Authorization", "Bearer " + token)
                .header("Accept", accepted)
                .header("Content-Type", "application/xml")
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build()) {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException | HttpTimeoutException silent) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "container '" + instance.name() + "' runs, but does not answer at " + address
                            + (silent instanceof HttpTimeoutException ? " within " + limit.toSeconds() + " s" : "")
                            + "; its log says more: " + instance.log(),
                    silent);
        }
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return body.length == 0 ? MissingNode.getInstance() : new ObjectMapper().readTree(body);
        } catch (JacksonException page) {
            return MissingNode.getInstance(); // an error page of the server below the API
        }
    }

    /** What RFC 9457 says of an error: problems with their places, or one sentence. */
    private static CommandFailure failure(int status, JsonNode answer) {
        List<String> lines = new ArrayList<>();
        for (JsonNode problem : answer.path("problems")) {
            lines.add(
                    problem.path("source").asText() + ":" + problem.path("line").asInt() + ":"
                            + problem.path("column").asInt() + ": "
                            + problem.path("message").asText());
        }
        if (lines.isEmpty()) {
            lines.add(answer.path("detail").asText("the container answered with status " + status));
        }
        int exitCode = status < 500 ? ExitCode.USAGE : ExitCode.FAILED;
        return lines.size() == 1 && answer.path("problems").isEmpty()
                ? new CommandFailure(exitCode, lines.getFirst())
                : new CommandFailure(exitCode, answer.path("detail").asText() + "\n" + String.join("\n", lines));
    }
}
