package org.actium.deployment.shell;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.ProcessStarter;
import org.actium.deployment.shell.api.ProtocolRules;
import org.actium.deployment.shell.api.ShellClient;
import org.actium.deployment.spi.LaunchRejectedException;

/**
 * Who runs the commands that lead to other hosts: programs of this one, or what the administrator wants in their place.
 *
 * @param installed all clients there are, also those that come later
 * @param home directory of the distribution
 */
public record Clients(Collection<ShellClient> installed, Optional<Path> home, ProcessStarter programs) {

    /**
     * For a way that begins with this hop, as the administrator says now.
     *
     * @throws LaunchRejectedException if no installed bundle offers the client
     */
    ProcessStarter starting(Hop first) {
        Optional<String> wanted = home.flatMap(directory -> new ProtocolRules(directory).client(first.shell()));
        if (wanted.isEmpty()) {
            return programs;
        }
        ShellClient client = installed.stream()
                .filter(each ->
                        each.shell().equals(first.shell()) && each.name().equals(wanted.get()))
                .findFirst()
                .orElseThrow(() -> new LaunchRejectedException("conf/protocols.properties says '" + first.shell()
                        + " = "
                        + wanted.get() + "', but no installed bundle offers that; install org.actium.deployment."
                        + wanted.get() + ", or take the line out"));
        return command -> client.start(first, command);
    }
}
