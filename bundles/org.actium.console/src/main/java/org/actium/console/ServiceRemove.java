package org.actium.console;

import java.util.List;
import org.actium.deployment.api.Deployments;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium:service-remove <virtual node> <service>}: removes a technical service from a virtual node that works. */
@Component(
        service = ServiceRemove.class,
        property = {"osgi.command.scope=actium", "osgi.command.function=service-remove"})
public final class ServiceRemove implements Function {

    private final Deployments deployments;

    @Activate
    public ServiceRemove(@Reference Deployments deployments) {
        this.deployments = deployments;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) {
        if (arguments.size() != 2) {
            throw new IllegalArgumentException(
                    "service-remove <virtual node> <technical service, or its id>: removes it from nodes there and to come");
        }
        VirtualNodePlace place =
                VirtualNodePlace.find(deployments, arguments.get(0).toString());
        place.node().removeService(arguments.get(1).toString());
        return place.summary();
    }
}
