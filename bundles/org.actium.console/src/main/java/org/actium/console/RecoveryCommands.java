package org.actium.console;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.actium.ft.api.Recovery;
import org.actium.ft.api.RecoveryStatus;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code actium:ft}. */
@Component(service = RecoveryCommands.class)
@GogoCommand(
        scope = "actium",
        function = {"ft"})
public final class RecoveryCommands {

    private static final int KIBI = 1024;

    private final Recovery recovery;

    @Activate
    public RecoveryCommands(@Reference Recovery recovery) {
        this.recovery = recovery;
    }

    @Descriptor("lists the recoverable objects whose server is this container, and the runtimes they are on")
    public String ft() {
        RecoveryStatus status = recovery.status();
        String trouble = status.trouble()
                .map(why -> "the store does not work, so objects and their callers wait: " + why + "\n\n")
                .orElse("");
        if (status.runtimes().isEmpty()) {
            return trouble + "no recoverable objects, and no node for them";
        }
        return trouble
                + Table.of(
                        status.runtimes(),
                        "",
                        List.of("RUNTIME", "STATE", "HEARD", "OBJECTS"),
                        runtime -> List.of(
                                runtime.runtime(),
                                state(runtime),
                                seconds(runtime.silent()) + " ago",
                                Integer.toString(runtime.objects())))
                + "\n\n"
                + Table.of(
                        status.objects(),
                        "no recoverable objects",
                        List.of("OBJECT", "DOMAIN", "INCARNATION", "RUNTIME", "STATE", "CHECKPOINTS", "LOG"),
                        object -> List.of(
                                object.object(),
                                object.domain(),
                                Long.toString(object.incarnation()),
                                object.runtime(),
                                object.state().name().toLowerCase(Locale.ROOT),
                                object.checkpoints().stream()
                                        .map(number -> Long.toString(number))
                                        .collect(Collectors.joining(" ")),
                                size(object.log())));
    }

    private static String state(RecoveryStatus.RuntimeStatus runtime) {
        if (!runtime.alive()) {
            return "not heard of";
        }
        return runtime.takes() ? "takes objects" : "takes none";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private static String size(RecoveryStatus.LogStatus log) {
        return log.entries() + (log.entries() == 1 ? " entry, " : " entries, ") + (log.bytes() + KIBI - 1) / KIBI
                + " KiB";
    }
}
