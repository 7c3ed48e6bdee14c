package org.actium.rest;

import java.util.Set;
import javax.ws.rs.core.Application;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationBase;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsName;

/**
 * The application under {@code /api}: what all resources have in common. Access control is part of it and not an
 * extension beside it, so that there is no moment at which a resource is reachable without.
 *
 * <p>Resources come as services, also from other bundles, that select the application {@value #NAME}; each comes and
 * goes with what it needs.
 */
@Component(service = Application.class)
@JaxrsApplicationBase("/api")
@JaxrsName(ActiumApi.NAME)
public final class ActiumApi extends Application {

    static final String NAME = "actium";
    static final String SELECT = "(osgi.jaxrs.name=" + NAME + ")";

    private final Set<Object> common;

    @Activate
    public ActiumApi(@Reference BearerToken token) {
        common = Set.of(new Gatekeeper(token), new JsonWriter(), new HttpErrors(), new OtherErrors());
    }

    @Override
    public Set<Object> getSingletons() {
        return common;
    }
}
