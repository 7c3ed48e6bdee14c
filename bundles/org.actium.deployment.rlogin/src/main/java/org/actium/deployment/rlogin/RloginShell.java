package org.actium.deployment.rlogin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.actium.deployment.model.Launch;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.HostStep;
import org.actium.deployment.shell.api.RemoteShell;
import org.osgi.service.component.annotations.Component;

/**
 * The Berkeley rlogin of the host before, which runs no command: a script types it at the prompt of the shell there. Such a
 * session is a terminal, so that it carries text only.
 */
@Component
public final class RloginShell implements RemoteShell {

    static final String BUNDLE = "org.actium.deployment.rlogin";

    /** All that stand for hosts behind a shell; the first three for one of several shells. */
    private static final Set<String> ELEMENTS =
            Set.of("processList", "processListbyHost", "hierarchicalProcess", "rloginProcess");

    private final String script = script();

    @Override
    public String name() {
        return "rlogin";
    }

    @Override
    public boolean insecure() {
        return true;
    }

    @Override
    public boolean carries(Launch step) {
        return ELEMENTS.contains(step.elementName()) && step.bundle().equals(Optional.of(BUNDLE));
    }

    @Override
    public List<Hop> hops(Launch step) {
        var element = new HostStep(step);
        String program = element.text("commandPath").orElse("rlogin");
        return element
                .hops(
                        name(),
                        account -> List.of(
                                "sh",
                                "-c",
                                script,
                                "actium",
                                program,
                                account.host(),
                                account.user().orElse("")))
                .stream()
                .map(Hop::forText)
                .toList();
    }

    /** Without comments: every byte is sent with each command. */
    static String script() {
        try (InputStream in = RloginShell.class.getResourceAsStream("rlogin.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^\\s*#.*\\n", "");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
