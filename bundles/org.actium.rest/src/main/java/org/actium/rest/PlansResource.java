package org.actium.rest;

import java.io.InputStream;
import java.util.List;
import javax.ws.rs.Consumes;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.Plan;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/** {@code /api/plans}: what deploying a descriptor would do. Nothing is kept, so there is nothing to get. */
@Component(service = PlansResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("plans")
@Produces(MediaType.APPLICATION_JSON)
public final class PlansResource {

    private final Deployments deployments;

    @Activate
    public PlansResource(@Reference Deployments deployments) {
        this.deployments = deployments;
    }

    @POST
    @Consumes({MediaType.APPLICATION_XML, MediaType.TEXT_XML})
    public Plan plan(
            InputStream xml,
            @QueryParam("name") @DefaultValue("request.xml") String name,
            @QueryParam("var") List<String> variables) {
        return deployments.plan(deployments.read(DescriptorBody.read(xml, name, variables)));
    }

    /** The same for Graphviz. */
    @POST
    @Path("dot")
    @Consumes({MediaType.APPLICATION_XML, MediaType.TEXT_XML})
    @Produces("text/vnd.graphviz")
    public String dot(
            InputStream xml,
            @QueryParam("name") @DefaultValue("request.xml") String name,
            @QueryParam("var") List<String> variables) {
        return plan(xml, name, variables).dot();
    }

    /** The same as a picture. */
    @POST
    @Path("svg")
    @Consumes({MediaType.APPLICATION_XML, MediaType.TEXT_XML})
    @Produces("image/svg+xml")
    public String svg(
            InputStream xml,
            @QueryParam("name") @DefaultValue("request.xml") String name,
            @QueryParam("var") List<String> variables) {
        return plan(xml, name, variables).svg();
    }
}
