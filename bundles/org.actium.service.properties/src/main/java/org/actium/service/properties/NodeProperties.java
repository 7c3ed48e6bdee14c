package org.actium.service.properties;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.actium.runtime.api.Node;
import org.actium.service.api.TechnicalService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Sets a property of the node for each of its arguments. Removing it restores what was there before, except where
 * somebody has set another value since.
 */
@Component(scope = ServiceScope.PROTOTYPE, property = TechnicalService.ID + "=properties")
public final class NodeProperties implements TechnicalService {

    private final Map<String, Map<String, Optional<String>>> before = new HashMap<>(); // by node, then property
    private Map<String, String> arguments = Map.of();

    @Override
    public void init(Map<String, String> values) {
        this.arguments = new LinkedHashMap<>(values);
    }

    @Override
    public void apply(Node node) {
        Map<String, Optional<String>> replaced = new LinkedHashMap<>();
        before.put(node.name(), replaced);
        arguments.forEach((key, value) -> {
            replaced.put(key, node.property(key));
            node.setProperty(key, value);
        });
    }

    @Override
    public void remove(Node node) {
        Optional.ofNullable(before.remove(node.name())).orElse(Map.of()).forEach((key, previous) -> {
            if (node.property(key).equals(Optional.of(arguments.get(key)))) {
                previous.ifPresentOrElse(value -> node.setProperty(key, value), () -> node.removeProperty(key));
            }
        });
    }
}
