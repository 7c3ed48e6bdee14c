package org.actium.console;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.actium.deployment.api.Inventory;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium:nodes}, {@code actium:objects}, {@code actium:services}. */
@Component(service = InventoryCommands.class)
@GogoCommand(
        scope = "actium",
        function = {"nodes", "objects", "services"})
public final class InventoryCommands {

    private final Inventory inventory;

    @Activate
    public InventoryCommands(@Reference Inventory inventory) {
        this.inventory = inventory;
    }

    @Descriptor("lists the nodes of this runtime and of all that are connected")
    public String nodes() {
        return Table.of(
                inventory.nodes(),
                "no nodes",
                List.of("NODE", "RUNTIME", "VIRTUAL NODE", "URL", "PROPERTIES"),
                node -> List.of(
                        node.name(),
                        node.runtime(),
                        node.virtualNode(),
                        node.url(),
                        new TreeMap<>(node.properties())
                                .entrySet().stream()
                                        .map(property -> property.getKey() + "=" + property.getValue())
                                        .collect(Collectors.joining(" "))));
    }

    @Descriptor("lists the active objects of this runtime and of all that are connected")
    public String objects() {
        return Table.of(
                inventory.objects(),
                "no active objects",
                List.of("OBJECT", "CLASS", "RUNTIME", "NODE", "QUEUED", "SERVED"),
                view -> List.of(
                        view.object().name(),
                        view.object().type(),
                        view.runtime(),
                        view.object().node(),
                        Integer.toString(view.object().queued()),
                        Long.toString(view.object().served())));
    }

    @Descriptor("lists the technical services that descriptors may name")
    public String services() {
        return Table.of(
                inventory.services(),
                "no technical services",
                List.of("SERVICE", "CLASS", "BUNDLE", "VERSION"),
                offer -> List.of(offer.id(), offer.implementation(), offer.bundle(), offer.version()));
    }
}
