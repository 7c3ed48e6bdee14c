package org.actium.rest;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Priority;
import javax.ws.rs.Priorities;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.ContainerResponseContext;
import javax.ws.rs.container.ContainerResponseFilter;
import javax.ws.rs.container.PreMatching;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.Response.Status;

/**
 * Lets a request in if it comes from this host by its own name and shows the token; before anything else looks at it.
 *
 * <p>The name matters because of browsers: a page of somebody else whose name was made to lead here (DNS rebinding)
 * still carries that name in {@code Host}.
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class Gatekeeper implements ContainerRequestFilter, ContainerResponseFilter {

    private static final Set<String> THIS_HOST = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String SCHEME = "Bearer ";

    private final BearerToken token;

    Gatekeeper(BearerToken token) {
        this.token = token;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String host = request.getHeaderString(HttpHeaders.HOST);
        if (!isThisHost(host)) {
            request.abortWith(
                    ErrorBody.of(Status.FORBIDDEN, "host '" + host + "' is not one of localhost, 127.0.0.1, [::1]")
                            .response());
        } else if (!shown(request).map(token::matches).orElse(false)) {
            request.abortWith(Response.fromResponse(ErrorBody.of(
                                    Status.UNAUTHORIZED,
                                    "wants the header 'Authorization: Bearer <token>' with the content of rest.token in"
                                            + " the state folder of the container")
                            .response())
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"actium\"")
                    .build());
        }
    }

    private static boolean isThisHost(String header) {
        if (header == null) {
            return false;
        }
        try {
            String host = URI.create("http://" + header).getHost();
            return host != null && THIS_HOST.contains(host);
        } catch (IllegalArgumentException notAHost) {
            return false;
        }
    }

    private static Optional<String> shown(ContainerRequestContext request) {
        return Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    /** Answers are about this moment and this client. */
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
    }
}
