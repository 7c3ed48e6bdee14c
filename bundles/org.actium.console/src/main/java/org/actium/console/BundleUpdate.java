package org.actium.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.actium.service.api.BundleUpdates;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium:bundle-update <bundle> <file> [--force]}: updates a bundle, unless something would be lost. */
@Component(
        service = BundleUpdate.class,
        property = {"osgi.command.scope=actium", "osgi.command.function=bundle-update"})
public final class BundleUpdate implements Function {

    private final BundleUpdates updates;

    @Activate
    public BundleUpdate(@Reference BundleUpdates updates) {
        this.updates = updates;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) throws IOException {
        boolean force = arguments.size() == 3 && arguments.get(2).toString().equals("--force");
        if (arguments.size() != 2 && !force) {
            throw new IllegalArgumentException("bundle-update <symbolic name or number> <file> [--force]: updates a"
                    + " bundle; without --force not if something would be lost");
        }
        Path file = session.currentDir().resolve(arguments.get(1).toString());
        return "updated\n"
                + BundlePreview.text(
                        updates.update(arguments.getFirst().toString(), Files.newInputStream(file), force),
                        "restarted",
                        "removed and applied again");
    }
}
