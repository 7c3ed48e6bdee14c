package org.actium.console;

import java.util.List;
import java.util.stream.Collectors;
import org.actium.debug.api.DebuggedObject;
import org.actium.debug.api.Debugger;
import org.actium.deployment.api.Inventory;
import org.actium.deployment.api.Inventory.ObjectView;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code actium:pause}, {@code actium:breakpoint}, {@code actium:step}, {@code actium:resume}, {@code actium:release},
 * {@code actium:stops}.
 */
@Component(service = DebugCommands.class)
@GogoCommand(
        scope = "actium",
        function = {"pause", "breakpoint", "step", "resume", "release", "stops"})
public final class DebugCommands {

    private final Debugger debugger;
    private final Inventory inventory;

    @Activate
    public DebugCommands(@Reference Debugger debugger, @Reference Inventory inventory) {
        this.debugger = debugger;
        this.inventory = inventory;
    }

    @Descriptor("stops an active object before its next request; its node needs the property actium.debug=true")
    public String pause(@Descriptor("its name or identity") String object) {
        find(object).pause();
        return object + " stops before its next request";
    }

    @Descriptor("stops an active object before every call of a method")
    public String breakpoint(
            @Descriptor("its name or identity") String object, @Descriptor("name of the method") String method) {
        find(object).stopBefore(method);
        return object + " stops before every " + method;
    }

    @Descriptor("lets an active object that stands serve one request, and stops it again")
    public String step(@Descriptor("its name or identity") String object) {
        find(object).step();
        return object + " serves one request, and stops before the next";
    }

    @Descriptor("lets an active object go on, as far as its next breakpoint")
    public String resume(@Descriptor("its name or identity") String object) {
        find(object).resume();
        return object + " goes on";
    }

    @Descriptor("lets an active object go on, and forgets its breakpoints")
    public String release(@Descriptor("its name or identity") String object) {
        find(object).release();
        return object + " goes on, and stops no more";
    }

    @Descriptor("lists the active objects that stand, of this runtime and of all that are connected")
    public String stops() {
        return Table.of(
                debugger.stops(),
                "no active object stands",
                List.of("OBJECT", "IDENTITY", "RUNTIME", "BEFORE", "CALLED BY"),
                stop -> List.of(stop.name(), stop.object().toString(), stop.runtime(), stop.method(), stop.caller()));
    }

    private DebuggedObject find(String object) {
        List<ObjectView> found = inventory.objects().stream()
                .filter(view -> view.object().name().equals(object)
                        || view.object().id().toString().equals(object))
                .toList();
        return switch (found.size()) {
            case 0 ->
                throw new IllegalArgumentException(
                        "there is no active object '" + object + "'; actium:objects lists those there are");
            case 1 -> debugger.withId(found.getFirst().object().id());
            default ->
                throw new IllegalArgumentException(found.stream()
                        .map(view -> view.object().id() + " on " + view.runtime())
                        .collect(Collectors.joining(
                                ", ", "several active objects are called '" + object + "'; say which: ", "")));
        };
    }
}
