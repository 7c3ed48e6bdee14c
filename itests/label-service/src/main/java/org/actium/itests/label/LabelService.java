package org.actium.itests.label;

import java.util.Map;
import org.actium.runtime.api.Node;
import org.actium.service.api.TechnicalService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Labels nodes with its argument {@code text}; one without text fails, as a service may. */
@Component(service = TechnicalService.class, scope = ServiceScope.PROTOTYPE, property = TechnicalService.ID + "=label")
public final class LabelService implements TechnicalService {

    private String text;

    @Override
    public void init(Map<String, String> arguments) {
        text = arguments.get("text");
        if (text == null) {
            throw new IllegalArgumentException("argument 'text' is missing");
        }
    }

    @Override
    public void apply(Node node) {
        node.setProperty("label", text);
    }

    @Override
    public void remove(Node node) {
        node.removeProperty("label");
    }
}
