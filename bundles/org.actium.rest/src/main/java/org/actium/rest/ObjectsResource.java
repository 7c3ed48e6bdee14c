package org.actium.rest;

import java.util.List;
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

/** {@code /api/objects}: the active objects of this runtime and of all that are connected. */
@Component(service = ObjectsResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("objects")
@Produces(MediaType.APPLICATION_JSON)
public final class ObjectsResource {

    private final Inventory inventory;

    @Activate
    public ObjectsResource(@Reference Inventory inventory) {
        this.inventory = inventory;
    }

    record ObjectView(String id, String name, String type, String runtime, String node, int queued, long served) {
        static ObjectView of(Inventory.ObjectView view) {
            return new ObjectView(
                    view.object().id().toString(),
                    view.object().name(),
                    view.object().type(),
                    view.runtime(),
                    view.object().node(),
                    view.object().queued(),
                    view.object().served());
        }
    }

    @GET
    public List<ObjectView> objects() {
        return inventory.objects().stream().map(ObjectView::of).toList();
    }
}
