package org.actium.ft.core;

import java.util.Map;
import org.actium.runtime.api.Node;
import org.actium.service.api.Contributions;
import org.actium.service.api.Offer;
import org.actium.service.api.TechnicalService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Makes the objects of nodes recoverable, each alone: arguments {@code ttc}, the seconds between two checkpoints, and the server. */
@Component(service = TechnicalService.class, scope = ServiceScope.PROTOTYPE)
@Offer(id = "pml", provides = FaultToleranceArguments.NAME, excludes = FaultToleranceArguments.NAME)
public final class MessageLogging implements TechnicalService {

    private final Protection protection;
    private FaultToleranceArguments arguments = FaultToleranceArguments.of(Map.of("protocol", "pml"));

    @Activate
    public MessageLogging(@Reference Protection protection) {
        this.protection = protection;
    }

    @Override
    public void init(Map<String, String> given) {
        arguments = FaultToleranceArguments.ofMessageLogging(given);
    }

    @Override
    public void apply(Node node, Contributions contributions) {
        protection.protect(node, arguments.ttc(), arguments.server());
    }

    @Override
    public void remove(Node node) {
        protection.leave(node);
    }
}
