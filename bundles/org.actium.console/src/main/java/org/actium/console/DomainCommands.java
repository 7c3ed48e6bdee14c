package org.actium.console;

import java.util.Comparator;
import java.util.List;
import org.actium.remote.api.Links;
import org.actium.security.api.DomainMembers;
import org.actium.security.api.EnrolmentException;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium:links}, {@code actium:expel}. */
@Component(service = DomainCommands.class)
@GogoCommand(
        scope = "actium",
        function = {"links", "expel"})
public final class DomainCommands {

    private final Links links;
    private final DomainMembers members;

    @Activate
    public DomainCommands(@Reference Links links, @Reference DomainMembers members) {
        this.links = links;
        this.members = members;
    }

    @Descriptor("lists the runtimes to which this one is linked, and by which way")
    public String links() {
        return Table.of(
                links.all().stream()
                        .sorted(Comparator.comparing(link -> link.peer().name()))
                        .toList(),
                "no links",
                List.of("RUNTIME", "ID", "ROUTE"),
                link -> List.of(link.peer().name(), link.peer().id().toString(), link.route()));
    }

    @Descriptor("ends the membership of a runtime in the domain, for good")
    public String expel(@Descriptor("its name, or the beginning of its identity") String runtime)
            throws EnrolmentException {
        return runtime + " (" + members.expel(runtime) + ") is expelled from the domain";
    }
}
