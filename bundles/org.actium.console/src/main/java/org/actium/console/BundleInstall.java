package org.actium.console;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.actium.service.api.BundleUpdates;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium:bundle-install <file>}: installs a bundle that is not there yet, and starts it. */
@Component(
        service = BundleInstall.class,
        property = {"osgi.command.scope=actium", "osgi.command.function=bundle-install"})
public final class BundleInstall implements Function {

    private final BundleUpdates updates;

    @Activate
    public BundleInstall(@Reference BundleUpdates updates) {
        this.updates = updates;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws IOException {
        if (arguments.size() != 1) {
            throw new IllegalArgumentException(
                    "bundle-install <file>: installs a bundle that is not there yet, and starts it");
        }
        return updates.install(Files.newInputStream(
                        session.currentDir().resolve(arguments.getFirst().toString())))
                + " is installed and started";
    }
}
