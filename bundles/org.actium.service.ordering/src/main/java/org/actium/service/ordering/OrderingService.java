package org.actium.service.ordering;

import java.util.Map;
import java.util.Set;
import org.actium.runtime.api.Node;
import org.actium.service.api.Contributions;
import org.actium.service.api.Offer;
import org.actium.service.api.TechnicalService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Chooses the order that holds between what the objects of the node send: argument {@code order}. */
@Component(scope = ServiceScope.PROTOTYPE)
@Offer(id = "ordering", provides = "order-of-messages", excludes = "order-of-messages")
public final class OrderingService implements TechnicalService {

    private static final String PROPERTY = "actium.ordering";
    private static final Set<String> ORDERS = Set.of("causal", "fifo");

    private String order = "causal";

    @Override
    public void init(Map<String, String> arguments) {
        order = arguments.getOrDefault("order", "causal");
        if (!ORDERS.contains(order)) {
            throw new IllegalArgumentException(
                    "argument 'order' is '" + order + "', which is neither 'causal' nor 'fifo'");
        }
    }

    @Override
    public void apply(Node node, Contributions contributions) {
        contributions.property(PROPERTY, order);
    }
}
