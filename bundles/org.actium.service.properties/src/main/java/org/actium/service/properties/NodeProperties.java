package org.actium.service.properties;

import java.util.LinkedHashMap;
import java.util.Map;
import org.actium.runtime.api.Node;
import org.actium.service.api.Contributions;
import org.actium.service.api.Offer;
import org.actium.service.api.TechnicalService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Sets a property of the node for each of its arguments. */
@Component(scope = ServiceScope.PROTOTYPE)
@Offer(id = "properties")
public final class NodeProperties implements TechnicalService {

    private Map<String, String> arguments = Map.of();

    @Override
    public void init(Map<String, String> values) {
        arguments = new LinkedHashMap<>(values);
    }

    @Override
    public void apply(Node node, Contributions contributions) {
        arguments.forEach(contributions::property);
    }
}
