package org.actium.rest;

import javax.ws.rs.core.Response;
import javax.ws.rs.core.Response.Status;
import javax.ws.rs.ext.ExceptionMapper;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.model.DescriptorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exceptions of what the resources call. Those nobody foresaw are logged here and told to nobody else. */
final class OtherErrors implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(OtherErrors.class);

    @Override
    public Response toResponse(Throwable error) {
        return switch (error) {
            case DescriptorException wrong ->
                ErrorBody.ofDescriptor(wrong.problems()).response();
            case DeploymentException failed ->
                ErrorBody.of(Status.INTERNAL_SERVER_ERROR, failed.getMessage()).response();
            default -> {
                LOG.error("REST API: a request failed", error);
                yield ErrorBody.of(Status.INTERNAL_SERVER_ERROR, "unexpected; the log of the container says more")
                        .response();
            }
        };
    }
}
