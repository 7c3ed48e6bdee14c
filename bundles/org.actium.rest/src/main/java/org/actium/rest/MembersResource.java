package org.actium.rest;

import java.util.List;
import javax.ws.rs.ClientErrorException;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.NotFoundException;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response.Status;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.DomainMembers;
import org.actium.security.api.EnrolmentException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/** {@code /api/domain}: ends the membership of runtimes, and tells whose has ended. */
@Component(service = MembersResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("domain")
@Produces(MediaType.APPLICATION_JSON)
public final class MembersResource {

    private final DomainMembers members;

    @Activate
    public MembersResource(@Reference DomainMembers members) {
        this.members = members;
    }

    @DELETE
    @Path("members/{runtime}")
    public void expel(@PathParam("runtime") String runtime) {
        try {
            members.expel(runtime);
        } catch (IllegalArgumentException unknown) {
            throw new NotFoundException(unknown.getMessage(), unknown);
        } catch (EnrolmentException refused) {
            throw new ClientErrorException(refused.getMessage(), Status.CONFLICT, refused);
        }
    }

    @GET
    @Path("expelled")
    public List<String> expelled() {
        return members.expelled().stream().map(RuntimeId::toString).toList();
    }
}
