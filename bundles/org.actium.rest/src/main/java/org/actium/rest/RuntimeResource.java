package org.actium.rest;

import java.util.List;
import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import org.actium.remote.api.Links;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/** {@code /api/runtime}: which runtime this is, and where others join it. */
@Component(service = RuntimeResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("runtime")
@Produces(MediaType.APPLICATION_JSON)
public final class RuntimeResource {

    private static final String ASSEMBLY = "actium.assembly";

    private final Links links;
    private final String version;
    private final String assembly;

    @Activate
    public RuntimeResource(BundleContext context, @Reference Links links) {
        this(
                links,
                context.getBundle().getVersion().toString(),
                Optional.ofNullable(context.getProperty(ASSEMBLY)).orElse("unknown"));
    }

    RuntimeResource(Links links, String version, String assembly) {
        this.links = links;
        this.version = version;
        this.assembly = assembly;
    }

    record RuntimeView(String id, String name, List<String> endpoints, String version, String assembly) {}

    @GET
    public RuntimeView runtime() {
        RuntimeAddress self = links.self();
        return new RuntimeView(
                self.id().toString(),
                self.name(),
                self.endpoints().stream().map(Endpoint::toString).toList(),
                version,
                assembly);
    }
}
