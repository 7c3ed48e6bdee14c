package org.actium.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.ws.rs.BadRequestException;
import javax.ws.rs.ClientErrorException;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.NotFoundException;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response.Status;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.VirtualNode;
import org.actium.service.api.ServiceUse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/** {@code /api/deployments/{id}/virtual-nodes/{name}/services}: the technical services of a virtual node that works. */
@Component(service = VirtualNodeServicesResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("deployments/{deployment}/virtual-nodes/{node}/services")
@Produces(MediaType.APPLICATION_JSON)
public final class VirtualNodeServicesResource {

    private final Deployments deployments;

    @Activate
    public VirtualNodeServicesResource(@Reference Deployments deployments) {
        this.deployments = deployments;
    }

    /** In order of application. */
    @GET
    public List<ServiceUse> list(@PathParam("deployment") String deployment, @PathParam("node") String node) {
        return find(deployment, node).services();
    }

    /**
     * Applies one, to the nodes there are and to those to come. Answers when that is done.
     *
     * @param id under which it can be removed again
     * @param service its id or class; the same as {@code id} if it is absent
     * @param arguments each {@code name=value}
     */
    @PUT
    @Path("{id}")
    public List<ServiceUse> apply(
            @PathParam("deployment") String deployment,
            @PathParam("node") String node,
            @PathParam("id") String id,
            @QueryParam("service") String service,
            @QueryParam("arg") List<String> arguments) {
        VirtualNode found = find(deployment, node);
        ServiceUse use = new ServiceUse(id, service == null ? id : service, pairs(arguments));
        refusedAsConflict(() -> found.apply(use));
        return found.services();
    }

    /** Removes one, from the nodes there are and for those to come. */
    @DELETE
    @Path("{id}")
    public List<ServiceUse> remove(
            @PathParam("deployment") String deployment, @PathParam("node") String node, @PathParam("id") String id) {
        VirtualNode found = find(deployment, node);
        refusedAsConflict(() -> found.removeService(id));
        return found.services();
    }

    private static void refusedAsConflict(Runnable change) {
        try {
            change.run();
        } catch (DeploymentException refused) {
            throw new ClientErrorException(refused.getMessage(), Status.CONFLICT, refused);
        }
    }

    private static Map<String, String> pairs(List<String> arguments) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals <= 0) {
                throw new BadRequestException("arg wants name=value, not '" + argument + "'");
            }
            pairs.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return pairs;
    }

    private VirtualNode find(String deployment, String node) {
        return deployments.deployment(deployment).stream()
                .flatMap(found -> found.virtualNodes().stream())
                .filter(virtualNode -> virtualNode.name().equals(node))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        "there is no deployment '" + deployment + "' with a virtual node '" + node + "'"));
    }
}
