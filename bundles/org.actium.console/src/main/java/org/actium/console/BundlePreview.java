package org.actium.console;

import java.util.List;
import org.actium.service.api.BundleImpact;
import org.actium.service.api.BundleUpdates;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium:bundle-preview <bundle>}: what updating a bundle would touch. */
@Component(
        service = BundlePreview.class,
        property = {"osgi.command.scope=actium", "osgi.command.function=bundle-preview"})
public final class BundlePreview implements Function {

    private final BundleUpdates updates;

    @Activate
    public BundlePreview(@Reference BundleUpdates updates) {
        this.updates = updates;
    }

    @Override
    public Object execute(CommandSession session, List<Object> arguments) {
        if (arguments.size() != 1) {
            throw new IllegalArgumentException(
                    "bundle-preview <symbolic name or number>: shows what updating a bundle would touch");
        }
        return text(updates.preview(arguments.getFirst().toString()), "restarts", "removed and applied again");
    }

    /**
     * @param bundles what happens to the bundles that are not only interrupted
     * @param services what happens to the technical services on nodes
     */
    static String text(BundleImpact impact, String bundles, String services) {
        return bundles + ": " + list(impact.refreshed())
                + "\nlack a service they need meanwhile: " + list(impact.interrupted())
                + "\nactive objects that this loses: " + list(impact.objects())
                + "\ntechnical services that are " + services + ": " + list(impact.nodes())
                + "\ntechnical services that nodes lose for good: " + list(impact.stripped())
                + "\ndeployments that have any of these: " + list(impact.deployments())
                + "\ndeployments that this undeploys: " + list(impact.undeployed())
                + (impact.foreign().isEmpty()
                        ? ""
                        : "\nnot updated while nodes that other runtimes deployed use it: " + list(impact.foreign()));
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "none" : String.join("; ", names);
    }
}
