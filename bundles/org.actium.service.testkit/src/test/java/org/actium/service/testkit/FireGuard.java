package org.actium.service.testkit;

import java.util.Map;
import org.actium.object.spi.MessageInterceptor;
import org.actium.object.spi.RequestView;
import org.actium.object.spi.Verdict;
import org.actium.runtime.api.Node;
import org.actium.service.api.Contributions;
import org.actium.service.api.Offer;
import org.actium.service.api.TechnicalService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** The technical service that {@code docs/guide/technical-services.md} shows. */
@Component(scope = ServiceScope.PROTOTYPE)
@Offer(id = "fire-guard", after = "metrics", excludes = "fire")
public final class FireGuard implements TechnicalService {

    private String forbidden = "";

    @Override
    public void init(Map<String, String> arguments) {
        forbidden = arguments.getOrDefault("forbidden", "burn");
    }

    @Override
    public void apply(Node node, Contributions contributions) {
        contributions.property("forbidden", forbidden);
        contributions.intercept(new MessageInterceptor() {
            @Override
            public Verdict arriving(RequestView request) {
                return request.signature().startsWith(forbidden)
                        ? new Verdict.Refuse("node '" + node.name() + "' forbids " + forbidden)
                        : Verdict.DELIVER;
            }
        });
    }
}
