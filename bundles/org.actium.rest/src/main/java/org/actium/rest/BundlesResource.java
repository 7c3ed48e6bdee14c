package org.actium.rest;

import java.io.InputStream;
import java.util.function.Supplier;
import javax.ws.rs.BadRequestException;
import javax.ws.rs.ClientErrorException;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.NotFoundException;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.Response.Status;
import javax.ws.rs.core.UriInfo;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.BundleUpdates;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/** {@code /api/bundles}: changes of bundles of this container, by symbolic name or number. */
@Component(service = BundlesResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("bundles")
@Produces(MediaType.APPLICATION_JSON)
public final class BundlesResource {

    private final BundleUpdates updates;

    @Activate
    public BundlesResource(@Reference BundleUpdates updates) {
        this.updates = updates;
    }

    /** @param bundle symbolic name */
    record BundleView(String bundle) {}

    /** Installs one that is not there yet, and starts it. */
    @POST
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public Response install(InputStream jar, @Context UriInfo uri) {
        String bundle = answered(() -> updates.install(jar));
        return Response.created(uri.getAbsolutePathBuilder().path(bundle).build())
                .entity(new BundleView(bundle))
                .build();
    }

    /** What updating it would touch. */
    @GET
    @Path("{bundle}/preview")
    public BundleImpact preview(@PathParam("bundle") String bundle) {
        require(bundle);
        return answered(() -> updates.preview(bundle));
    }

    /**
     * Updates it. Answers when all that depends on it has started again.
     *
     * @param force also if active objects would be lost
     */
    @PUT
    @Path("{bundle}")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public BundleImpact update(
            @PathParam("bundle") String bundle,
            @QueryParam("force") @DefaultValue("false") boolean force,
            InputStream jar) {
        require(bundle);
        return answered(() -> updates.update(bundle, jar, force));
    }

    @POST
    @Path("{bundle}/start")
    public BundleView start(@PathParam("bundle") String bundle) {
        require(bundle);
        return answered(() -> {
            updates.start(bundle);
            return new BundleView(bundle);
        });
    }

    /** @param force also if active objects are of its classes */
    @POST
    @Path("{bundle}/stop")
    public BundleImpact stop(
            @PathParam("bundle") String bundle, @QueryParam("force") @DefaultValue("false") boolean force) {
        require(bundle);
        return answered(() -> updates.stop(bundle, force));
    }

    /** Uninstalls it. @param force also if active objects would be lost */
    @DELETE
    @Path("{bundle}")
    public BundleImpact uninstall(
            @PathParam("bundle") String bundle, @QueryParam("force") @DefaultValue("false") boolean force) {
        require(bundle);
        return answered(() -> updates.uninstall(bundle, force));
    }

    private void require(String bundle) {
        if (!updates.isInstalled(bundle)) {
            throw new NotFoundException("there is no bundle '" + bundle + "' here; give its symbolic name or number");
        }
    }

    private static <T> T answered(Supplier<T> change) {
        try {
            return change.get();
        } catch (IllegalArgumentException impossible) {
            throw new BadRequestException(impossible.getMessage(), impossible);
        } catch (IllegalStateException refused) {
            throw new ClientErrorException(refused.getMessage(), Status.CONFLICT, refused);
        }
    }
}
