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

/** What the element {@code faultTolerance} of a descriptor asks for: {@link FaultToleranceArguments}. */
@Component(service = TechnicalService.class, scope = ServiceScope.PROTOTYPE)
@Offer(id = "org.actium.ft", provides = FaultToleranceArguments.NAME, excludes = FaultToleranceArguments.NAME)
public final class FaultTolerance implements TechnicalService {

    private final Protection protection;
    private FaultToleranceArguments arguments; // set before anything else

    @Activate
    public FaultTolerance(@Reference Protection protection) {
        this.protection = protection;
    }

    @Override
    public void init(Map<String, String> given) {
        arguments = FaultToleranceArguments.of(given);
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
