package org.actium.rest;

import java.util.Comparator;
import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.actium.remote.api.Link;
import org.actium.remote.api.Links;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/** {@code /api/links}: the runtimes to which this one is linked, and by which way. */
@Component(service = LinksResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("links")
@Produces(MediaType.APPLICATION_JSON)
public final class LinksResource {

    private final Links links;

    @Activate
    public LinksResource(@Reference Links links) {
        this.links = links;
    }

    record LinkView(String runtime, String id, String route) {
        static LinkView of(Link link) {
            return new LinkView(link.peer().name(), link.peer().id().toString(), link.route());
        }
    }

    @GET
    public List<LinkView> links() {
        return links.all().stream()
                .map(LinkView::of)
                .sorted(Comparator.comparing(LinkView::runtime))
                .toList();
    }
}
