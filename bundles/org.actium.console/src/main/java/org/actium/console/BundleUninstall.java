package org.actium.console;

import java.util.List;
import org.actium.service.api.BundleUpdates;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium:bundle-uninstall <bundle> [--force]}: uninstalls a bundle, unless something would be lost. */
@Component(
        service = BundleUninstall.class,
        property = {"osgi.command.scope=actium", "osgi.command.function=bundle-uninstall"})
public final class BundleUninstall implements Function {

    private final BundleUpdates updates;

    @Activate
    public BundleUninstall(@Reference BundleUpdates updates) {
        this.updates = updates;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) {
        boolean force = arguments.size() == 2 && arguments.get(1).toString().equals("--force");
        if (arguments.size() != 1 && !force) {
            throw new IllegalArgumentException("bundle-uninstall <symbolic name or number> [--force]: uninstalls a"
                    + " bundle; without --force not if something would be lost");
        }
        return "uninstalled\n"
                + BundlePreview.text(
                        updates.uninstall(arguments.getFirst().toString(), force),
                        "goes, and restarts what used it",
                        "removed until it is installed again");
    }
}
