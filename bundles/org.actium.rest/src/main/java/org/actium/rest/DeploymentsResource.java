package org.actium.rest;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.ws.rs.BadRequestException;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.NotFoundException;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import org.actium.deployment.api.Deployment;
import org.actium.deployment.api.DeploymentEvent;
import org.actium.deployment.api.DeploymentException;
import org.actium.deployment.api.DeploymentListener;
import org.actium.deployment.api.DeploymentState;
import org.actium.deployment.api.DeploymentText;
import org.actium.deployment.api.Deployments;
import org.actium.deployment.api.VirtualNode;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/** {@code /api/deployments}: what is deployed from this container. */
@Component(service = DeploymentsResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("deployments")
@Produces(MediaType.APPLICATION_JSON)
public final class DeploymentsResource {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Deployments deployments;
    private final Time time;

    @Activate
    public DeploymentsResource(@Reference Deployments deployments, @Reference Time time) {
        this.deployments = deployments;
        this.time = time;
    }

    /** Answers when the launches are on their way; {@code state} says when the nodes have come. */
    @POST
    @Consumes({MediaType.APPLICATION_XML, MediaType.TEXT_XML})
    public Response deploy(
            InputStream xml,
            @QueryParam("name") @DefaultValue("request.xml") String name,
            @QueryParam("var") List<String> variables,
            @Context UriInfo uri) {
        Deployment deployment = deployments.deploy(DescriptorBody.read(xml, name, variables), DeploymentListener.NONE);
        return Response.created(
                        uri.getAbsolutePathBuilder().path(deployment.id()).build())
                .entity(DeploymentView.of(deployment))
                .build();
    }

    @GET
    public List<DeploymentView> list() {
        return deployments.deployments().stream().map(DeploymentView::of).toList();
    }

    /** @param wait answers when the nodes have come or will not come, at the latest after this; at once if it is absent */
    @GET
    @Path("{id}")
    public DeploymentView get(@PathParam("id") String id, @QueryParam("wait") String wait) {
        Deployment deployment = find(id);
        if (wait != null) {
            awaitReady(deployment, DurationParameter.parse("wait", wait, LONGEST_WAIT));
        }
        return DeploymentView.of(deployment);
    }

    /**
     * What has happened to it, oldest first.
     *
     * @param after leaves out so many of the oldest
     * @param wait answers when there is more than that, at the latest after this; at once if it is absent
     */
    @GET
    @Path("{id}/events")
    public List<EventView> events(
            @PathParam("id") String id,
            @QueryParam("after") @DefaultValue("0") int after,
            @QueryParam("wait") String wait) {
        if (after < 0) {
            throw new BadRequestException("after wants how many events are known, not " + after);
        }
        Deployment deployment = find(id);
        if (wait != null) {
            awaitEvents(deployment, after + 1L, DurationParameter.parse("wait", wait, LONGEST_WAIT));
        }
        List<DeploymentEvent> events = deployment.events();
        return IntStream.range(Math.min(after, events.size()), events.size())
                .mapToObj(index -> EventView.of(index + 1, events.get(index)))
                .toList();
    }

    private static void awaitEvents(Deployment deployment, long count, Duration limit) {
        var missing = new Semaphore(0);
        Registration listening = deployment.listen(event -> missing.release());
        try {
            missing.tryAcquire((int) Math.min(count, Integer.MAX_VALUE), limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            listening.close();
        }
    }

    /** What it has come to, for people. */
    @GET
    @Path("{id}/explanation")
    @Produces(MediaType.TEXT_PLAIN)
    public String explain(@PathParam("id") String id) {
        return DeploymentText.of(find(id));
    }

    private void awaitReady(Deployment deployment, Duration limit) {
        long start = time.nanos();
        for (VirtualNode virtualNode : deployment.virtualNodes()) {
            Duration left = limit.minusNanos(time.nanos() - start);
            if (left.isPositive() && deployment.state() == DeploymentState.ACTIVATING) {
                try {
                    virtualNode.waitReady(left);
                } catch (DeploymentException notReady) {
                    return; // the state of the deployment says so, or it is still under way
                }
            }
        }
    }

    /** Answers when no process of the deployment is left. */
    @DELETE
    @Path("{id}")
    public void undeploy(@PathParam("id") String id) {
        find(id).undeploy();
    }

    private Deployment find(String id) {
        return deployments
                .deployment(id)
                .orElseThrow(() -> new NotFoundException("there is no deployment '" + id + "'"));
    }
}
