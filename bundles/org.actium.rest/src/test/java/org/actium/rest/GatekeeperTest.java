package org.actium.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.ws.rs.core.Response;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class GatekeeperTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Gatekeeper gatekeeper;
    private String token;

    @Before
    public void drawToken() throws IOException {
        Path file = folder.getRoot().toPath().resolve("rest.token");
        gatekeeper = new Gatekeeper(new BearerToken(new SplittableRandom(1), new PrivateFile(file)));
        token = Files.readString(file).strip();
    }

    @Test
    public void letsInWhoShowsTheTokenAndCallsThisHostByItsName() {
        for (String host : new String[] {"localhost:8642", "127.0.0.1:8642", "[::1]:8642", "localhost"}) {
            assertThat(ask(host, "Bearer " + token).answer()).as(host).isEmpty();
        }
        assertThat(ask("localhost", "bearer  " + token).answer())
                .as("schemes have no case")
                .isEmpty();
    }

    @Test
    public void asksForTheTokenWhoeverShowsNoneOrAnother() {
        for (String header : new String[] {null, "", "Bearer", "Bearer wrong", "Basic " + token, token}) {
            Response answer = ask("localhost", header).answer().orElseThrow();

            assertThat(answer.getStatus()).as(header).isEqualTo(401);
            assertThat(answer.getHeaderString("WWW-Authenticate")).isEqualTo("Bearer realm=\"actium\"");
            assertThat(answer.getMediaType()).isEqualTo(ErrorBody.MEDIA_TYPE);
            assertThat(answer.getEntity().toString()).contains("rest.token").doesNotContain(token);
        }
    }

    @Test
    public void refusesOtherNamesOfThisHostEvenWithTheToken() {
        for (String host :
                new String[] {null, "", "evil.example:8642", "localhost.evil.example", "127.0.0.1.evil.example", "a b"
                }) {
            Response answer = ask(host, "Bearer " + token).answer().orElseThrow();

            assertThat(answer.getStatus()).as(host).isEqualTo(403);
        }
    }

    private FakeRequest ask(String host, String authorization) {
        FakeRequest request = new FakeRequest();
        if (host != null) {
            request.with("Host", host);
        }
        if (authorization != null) {
            request.with("Authorization", authorization);
        }
        gatekeeper.filter(request.context());
        return request;
    }
}
