package org.actium.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.ws.rs.BadRequestException;
import javax.ws.rs.NotAllowedException;
import javax.ws.rs.NotFoundException;
import javax.ws.rs.NotSupportedException;
import javax.ws.rs.core.Response;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.model.DescriptorException;
import org.actium.deployment.model.Problem;
import org.actium.deployment.model.SourcePosition;
import org.junit.Test;

public class ErrorsTest {

    @Test
    public void aDescriptorIsAnsweredWithEverythingThatIsWrongWithIt() {
        Response answer = new OtherErrors()
                .toResponse(new DescriptorException(List.of(
                        new Problem(new SourcePosition("grid.xml", 4, 7), "virtual node 'a' is not mapped"),
                        new Problem(new SourcePosition("grid.xml", 9, 1), "unknown element \"jvn\""))));

        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getMediaType()).hasToString("application/problem+json");
        assertThat(Json.of(answer.getEntity()))
                .isEqualTo("{\"type\":\"urn:actium:problem:invalid-descriptor\",\"title\":\"Invalid descriptor\","
                        + "\"status\":422,\"detail\":\"2 problems\",\"problems\":["
                        + "{\"source\":\"grid.xml\",\"line\":4,\"column\":7,"
                        + "\"message\":\"virtual node 'a' is not mapped\"},"
                        + "{\"source\":\"grid.xml\",\"line\":9,\"column\":1,"
                        + "\"message\":\"unknown element \\\"jvn\\\"\"}]}");
    }

    @Test
    public void aFailedDeploymentIsAnsweredWithItsMessage() {
        Response answer = new OtherErrors().toResponse(new DeploymentException("virtual node 'a': 1 of 2 nodes"));

        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(Json.of(answer.getEntity())).contains("\"detail\":\"virtual node 'a': 1 of 2 nodes\"");
    }

    @Test
    public void nothingIsToldOfAnUnexpectedException() {
        Response answer = new OtherErrors().toResponse(new IllegalStateException("the password is 42"));

        assertThat(Json.of(answer.getEntity()))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,"
                        + "\"detail\":\"unexpected; the log of the container says more\",\"problems\":[]}");
    }

    @Test
    public void whatAResourceSaysIsTheDetail() {
        Response answer = new HttpErrors().toResponse(new BadRequestException("var wants name=value, not 'A'"));

        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(Json.of(answer.getEntity()))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                        + "\"detail\":\"var wants name=value, not 'A'\",\"problems\":[]}");
    }

    @Test
    public void theImplementationsOwnErrorsGetADetailThatSaysMore() {
        assertThat(detail(new NotFoundException())).isEqualTo("there is nothing at this path");
        assertThat(detail(new NotAllowedException("GET", new String[0])))
                .isEqualTo("this path does not answer to this method");
        assertThat(detail(new NotSupportedException())).contains("application/xml", "application/octet-stream");
    }

    @Test
    public void theAllowedMethodsAreKept() {
        assertThat(new HttpErrors()
                        .toResponse(new NotAllowedException("GET", new String[] {"POST"}))
                        .getHeaderString("Allow"))
                .contains("GET", "POST");
    }

    private static String detail(javax.ws.rs.WebApplicationException error) {
        return ((ErrorBody) new HttpErrors().toResponse(error).getEntity()).detail();
    }
}
