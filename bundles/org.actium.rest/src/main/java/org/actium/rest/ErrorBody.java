package org.actium.rest;

import java.util.List;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.Response.StatusType;
import org.actium.deployment.model.Problem;

/**
 * What every error looks like: RFC 9457.
 *
 * @param type {@code about:blank} if the status says it all
 * @param problems places in the descriptor that was sent; empty for other errors
 */
record ErrorBody(String type, String title, int status, String detail, List<Place> problems) {

    static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");
    private static final String PLAIN = "about:blank";
    private static final String INVALID_DESCRIPTOR = "urn:actium:problem:invalid-descriptor";

    ErrorBody {
        problems = List.copyOf(problems);
    }

    /** One thing that is wrong with a descriptor. */
    record Place(String source, int line, int column, String message) {}

    static ErrorBody of(StatusType status, String detail) {
        return new ErrorBody(PLAIN, status.getReasonPhrase(), status.getStatusCode(), detail, List.of());
    }

    static ErrorBody ofDescriptor(List<Problem> problems) {
        return new ErrorBody(
                INVALID_DESCRIPTOR,
                "Invalid descriptor",
                422,
                problems.size() == 1 ? "1 problem" : problems.size() + " problems",
                problems.stream()
                        .map(problem -> new Place(
                                problem.at().source(),
                                problem.at().line(),
                                problem.at().column(),
                                problem.message()))
                        .toList());
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
