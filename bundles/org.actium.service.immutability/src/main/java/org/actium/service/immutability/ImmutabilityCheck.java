package org.actium.service.immutability;

import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.actium.object.spi.SharedArguments;
import org.actium.runtime.api.Node;
import org.actium.service.api.Contributions;
import org.actium.service.api.Offer;
import org.actium.service.api.TechnicalService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.slf4j.LoggerFactory;

/** Reports arguments that change although calls within a runtime share them, because their classes are called immutable. */
@Component(scope = ServiceScope.PROTOTYPE)
@Offer(id = "immutability-check")
public final class ImmutabilityCheck implements TechnicalService {

    private final SharedArguments arguments;
    private final Consumer<String> reports;

    @Activate
    public ImmutabilityCheck(@Reference SharedArguments arguments) {
        this(arguments, LoggerFactory.getLogger(ImmutabilityCheck.class)::error);
    }

    ImmutabilityCheck(SharedArguments arguments, Consumer<String> reports) {
        this.arguments = Objects.requireNonNull(arguments, "arguments");
        this.reports = Objects.requireNonNull(reports, "reports");
    }

    @Override
    public void init(Map<String, String> given) {
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("there are no arguments, but " + given.keySet() + " are given");
        }
    }

    @Override
    public void apply(Node node, Contributions contributions) {
        contributions.intercept(arguments.watched(report -> reports.accept("node '" + node.name() + "': " + report)));
    }
}
