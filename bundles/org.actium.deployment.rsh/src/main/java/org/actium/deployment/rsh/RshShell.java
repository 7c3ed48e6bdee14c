package org.actium.deployment.rsh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.actium.deployment.model.Launch;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.HostStep;
import org.actium.deployment.shell.api.RemoteShell;
import org.osgi.service.component.annotations.Component;

/** The Berkeley rsh of this host. It trusts addresses, encrypts nothing, and brings no exit code back. */
@Component
public final class RshShell implements RemoteShell {

    static final String BUNDLE = "org.actium.deployment.rsh";

    /** All that stand for hosts behind a shell; the first three for one of several shells. */
    private static final Set<String> ELEMENTS =
            Set.of("processList", "processListbyHost", "hierarchicalProcess", "rshProcess", "rshGroup", "rshBridge");

    @Override
    public String name() {
        return "rsh";
    }

    @Override
    public boolean insecure() {
        return true;
    }

    @Override
    public boolean carries(Launch step) {
        return ELEMENTS.contains(step.elementName()) && step.bundle().equals(Optional.of(BUNDLE));
    }

    @Override
    public List<Hop> hops(Launch step) {
        var element = new HostStep(step);
        return element.hops(name(), account -> {
            var command = new ArrayList<String>();
            command.add(element.text("commandPath").orElse("rsh"));
            element.text("commandOptions")
                    .ifPresent(options -> command.addAll(List.of(options.strip().split("\\s+"))));
            account.user().ifPresent(user -> command.addAll(List.of("-l", user)));
            command.add(account.host()); // no name of a host begins with a hyphen
            return command;
        });
    }
}
