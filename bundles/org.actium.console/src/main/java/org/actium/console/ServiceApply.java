package org.actium.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actium.deployment.api.Deployments;
import org.actium.service.api.ServiceUse;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code actium:service-apply <virtual node> <service> [name=value …]}: applies a technical service to a virtual node that
 * works, under the name of the service as its id. A function, because no method is called so.
 */
@Component(
        service = ServiceApply.class,
        property = {"osgi.command.scope=actium", "osgi.command.function=service-apply"})
public final class ServiceApply implements Function {

    private final Deployments deployments;

    @Activate
    public ServiceApply(@Reference Deployments deployments) {
        this.deployments = deployments;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) {
        if (arguments.size() < 2) {
            throw new IllegalArgumentException(
                    "service-apply <virtual node> <service> [name=value …]: applies a technical service to nodes there"
                            + " and to come");
        }
        VirtualNodePlace place =
                VirtualNodePlace.find(deployments, arguments.get(0).toString());
        String service = arguments.get(1).toString();
        place.node().apply(new ServiceUse(service, service, values(arguments.subList(2, arguments.size()))));
        return place.summary();
    }

    private static Map<String, String> values(List<Object> texts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Object text : texts) {
            String pair = text.toString();
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(
                        "arguments of a technical service are name=value, not '" + pair + "'");
            }
            values.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return values;
    }
}
