package org.actium.rest;

import java.io.InputStream;
import javax.ws.rs.ClientErrorException;
import javax.ws.rs.Consumes;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.NotFoundException;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response.Status;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.BundleUpdates;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/** {@code /api/bundles/{bundle}}: changes of bundles of this container, by symbolic name or number. */
@Component(service = BundlesResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("bundles/{bundle}")
@Produces(MediaType.APPLICATION_JSON)
public final class BundlesResource {

    private final BundleUpdates updates;

    @Activate
    public BundlesResource(@Reference BundleUpdates updates) {
        this.updates = updates;
    }

    /** What updating it would touch. */
    @GET
    @Path("preview")
    public BundleImpact preview(@PathParam("bundle") String bundle) {
        try {
            return updates.preview(bundle);
        } catch (IllegalArgumentException unknown) {
            throw new NotFoundException(unknown.getMessage(), unknown);
        }
    }

    /**
     * Updates it. Answers when all that depends on it has started again.
     *
     * @param force also if active objects would be lost
     */
    @PUT
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public BundleImpact update(
            @PathParam("bundle") String bundle,
            @QueryParam("force") @DefaultValue("false") boolean force,
            InputStream jar) {
        preview(bundle);
        try {
            return updates.update(bundle, jar, force);
        } catch (IllegalStateException refused) {
            throw new ClientErrorException(refused.getMessage(), Status.CONFLICT, refused);
        }
    }
}
