package org.actium.rest;

import java.util.List;
import java.util.Locale;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.ServiceUnavailableException;
import javax.ws.rs.core.MediaType;
import org.actium.ft.api.Recovery;
import org.actium.ft.api.RecoveryStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsApplicationSelect;
import org.osgi.service.jaxrs.whiteboard.propertytypes.JaxrsResource;

/** {@code /api/fault-tolerance}: the recoverable objects whose server is this container, and the runtimes they are on. */
@Component(service = RecoveryResource.class)
@JaxrsResource
@JaxrsApplicationSelect(ActiumApi.SELECT)
@Path("fault-tolerance")
@Produces(MediaType.APPLICATION_JSON)
public final class RecoveryResource {

    private final Recovery recovery;

    @Activate
    public RecoveryResource(@Reference Recovery recovery) {
        this.recovery = recovery;
    }

    /** @param trouble null while the store works */
    record RecoveryView(List<RuntimeView> runtimes, List<ObjectView> objects, String trouble) {}

    record RuntimeView(String runtime, boolean alive, boolean takes, long silentMillis, int objects) {
        static RuntimeView of(RecoveryStatus.RuntimeStatus runtime) {
            return new RuntimeView(
                    runtime.runtime(),
                    runtime.alive(),
                    runtime.takes(),
                    runtime.silent().toMillis(),
                    runtime.objects());
        }
    }

    record ObjectView(
            String object,
            String domain,
            long incarnation,
            String runtime,
            String state,
            List<Long> checkpoints,
            long logEntries,
            long logBytes) {
        static ObjectView of(RecoveryStatus.ObjectStatus object) {
            return new ObjectView(
                    object.object(),
                    object.domain(),
                    object.incarnation(),
                    object.runtime(),
                    object.state().name().toLowerCase(Locale.ROOT),
                    object.checkpoints(),
                    object.log().entries(),
                    object.log().bytes());
        }
    }

    @GET
    public RecoveryView status() {
        try {
            RecoveryStatus status = recovery.status();
            return new RecoveryView(
                    status.runtimes().stream().map(RuntimeView::of).toList(),
                    status.objects().stream().map(ObjectView::of).toList(),
                    status.trouble().orElse(null));
        } catch (IllegalStateException storeFails) {
            throw new ServiceUnavailableException(storeFails.getMessage(), (Long) null, storeFails);
        }
    }
}
