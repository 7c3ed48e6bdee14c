package org.actium.rest;

import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.Response.StatusType;
import javax.ws.rs.ext.ExceptionMapper;

/** Errors that resources raise, or the JAX-RS implementation on their behalf: no such path, method or media type. */
final class HttpErrors implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException error) {
        Response original = error.getResponse();
        Response response =
                ErrorBody.of(original.getStatusInfo(), detail(error)).response();
        String allowed = original.getHeaderString(HttpHeaders.ALLOW);
        return allowed == null
                ? response
                : Response.fromResponse(response)
                        .header(HttpHeaders.ALLOW, allowed)
                        .build();
    }

    private static String detail(WebApplicationException error) {
        StatusType status = error.getResponse().getStatusInfo();
        String message = error.getMessage();
        if (message != null && !message.startsWith("HTTP " + status.getStatusCode())) {
            return message;
        }
        return switch (status.getStatusCode()) { // the implementation says no more than the status
            case 404 -> "there is nothing at this path";
            case 405 -> "this path does not answer to this method";
            case 406 -> "only application/json is offered here";
            case 415 ->
                "this path does not take that: descriptors are application/xml, bundles application/octet-stream";
            default -> status.getReasonPhrase();
        };
    }
}
