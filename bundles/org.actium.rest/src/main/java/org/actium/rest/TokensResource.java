package org.actium.rest;

import java.time.Duration;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.Response.Status;
import org.actium.deployment.spi.JoinedRuntimes;
import org.actium.remote.api.Admission;
import org.actium.remote.api.JoinToken;
import org.actium.runtime.spi.Time;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/**
 * {@code /api/tokens}: the right to join, for containers started by hand, and for guests, which no virtual node takes. Only the
 * answer to the request has the secret.
 */
@Component(service = TokensResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("tokens")
@Produces(MediaType.APPLICATION_JSON)
public final class TokensResource {

    private static final Duration LONGEST = Duration.ofDays(7);

    private final Admission admission;
    private final JoinedRuntimes joined;
    private final Time time;

    @Activate
    public TokensResource(@Reference Admission admission, @Reference JoinedRuntimes joined, @Reference Time time) {
        this.admission = admission;
        this.joined = joined;
        this.time = time;
    }

    /** @param token in the form in which a runtime takes it */
    record TokenView(String id, String token, String validUntil) {}

    @POST
    public Response issue(
            @QueryParam("valid") @DefaultValue("PT10M") String valid,
            @QueryParam("guest") @DefaultValue("false") boolean guest) {
        Duration validFor = DurationParameter.parse("valid", valid, LONGEST);
        JoinToken token = admission.issue(validFor);
        if (guest) {
            joined.guest(token.id(), validFor);
        }
        return Response.status(Status.CREATED)
                .entity(new TokenView(
                        token.id(), token.text(), time.instant().plus(validFor).toString()))
                .build();
    }
}
