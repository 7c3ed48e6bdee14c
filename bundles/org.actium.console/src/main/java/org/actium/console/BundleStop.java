package org.actium.console;

import java.util.List;
import org.actium.service.api.BundleUpdates;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium:bundle-stop <bundle> [--force]}: stops a bundle, unless something would be lost. */
@Component(
        service = BundleStop.class,
        property = {"osgi.command.scope=actium", "osgi.command.function=bundle-stop"})
public final class BundleStop implements Function {

    private final BundleUpdates updates;

    @Activate
    public BundleStop(@Reference BundleUpdates updates) {
        this.updates = updates;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) {
        boolean force = arguments.size() == 2 && arguments.get(1).toString().equals("--force");
        if (arguments.size() != 1 && !force) {
            throw new IllegalArgumentException("bundle-stop <symbolic name or number> [--force]: stops a"
                    + " bundle; without --force not if something would be lost");
        }
        return "stopped\n"
                + BundlePreview.text(
                        updates.stop(arguments.getFirst().toString(), force), "stops", "removed until it starts again");
    }
}
