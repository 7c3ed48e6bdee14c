package org.actium.console;

import java.util.List;
import org.actium.service.api.BundleUpdates;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium:bundle-start <bundle>}: starts a bundle, whose technical services are applied again where they were. */
@Component(
        service = BundleStart.class,
        property = {"osgi.command.scope=actium", "osgi.command.function=bundle-start"})
public final class BundleStart implements Function {

    private final BundleUpdates updates;

    @Activate
    public BundleStart(@Reference BundleUpdates updates) {
        this.updates = updates;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) {
        if (arguments.size() != 1) {
            throw new IllegalArgumentException("bundle-start <symbolic name or number>: starts a bundle");
        }
        updates.start(arguments.getFirst().toString());
        return "started";
    }
}
