package org.actium.rest;

import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.actium.deployment.api.Inventory;
import org.actium.service.api.ServiceOffer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/** {@code /api/services}: the technical services installed in this container. */
@Component(service = ServicesResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("services")
@Produces(MediaType.APPLICATION_JSON)
public final class ServicesResource {

    private final Inventory inventory;

    @Activate
    public ServicesResource(@Reference Inventory inventory) {
        this.inventory = inventory;
    }

    @GET
    public List<ServiceOffer> services() {
        return inventory.services();
    }
}
