package org.actium.rest;

import java.util.List;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.actium.deployment.api.Inventory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/** {@code /api/nodes}: the nodes of this runtime and of all that are connected. */
@Component(service = NodesResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("nodes")
@Produces(MediaType.APPLICATION_JSON)
public final class NodesResource {

    private final Inventory inventory;

    @Activate
    public NodesResource(@Reference Inventory inventory) {
        this.inventory = inventory;
    }

    /** {@code virtualNode} is null for a node nobody deployed. */
    record NodeView(String name, String url, String runtime, String virtualNode, Map<String, String> properties) {
        static NodeView of(Inventory.NodeView node) {
            return new NodeView(
                    node.name(),
                    node.url(),
                    node.runtime(),
                    node.virtualNode().isEmpty() ? null : node.virtualNode(),
                    node.properties());
        }
    }

    @GET
    public List<NodeView> nodes() {
        return inventory.nodes().stream().map(NodeView::of).toList();
    }
}
