package org.actium.console;

import java.util.List;
import org.actium.naming.api.NamedObject;
import org.actium.naming.api.Names;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium:names}. */
@Component(service = NameCommands.class)
@GogoCommand(
        scope = "actium",
        function = {"names"})
public final class NameCommands {

    private final Names names;

    @Activate
    public NameCommands(@Reference Names names) {
        this.names = names;
    }

    @Descriptor("lists the active objects that are registered at this runtime")
    public String names() {
        return table(names.list());
    }

    @Descriptor("lists the active objects that are registered at another runtime")
    public String names(@Descriptor("actium://host:port") String runtime) {
        return table(names.list(runtime));
    }

    private static String table(List<NamedObject> named) {
        return Table.of(
                named,
                "no names",
                List.of("NAME", "OBJECT", "CLASS", "RUNTIME", "URL"),
                object -> List.of(object.name(), object.object(), object.type(), object.runtime(), object.url()));
    }
}
