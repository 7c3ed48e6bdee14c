package org.actium.deployment.shell;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.actium.deployment.shell.api.Hop;
import org.actium.deployment.shell.api.ProcessStarter;
import org.actium.deployment.shell.api.ProtocolRules;
import org.actium.deployment.shell.api.ShellClient;
import org.actium.deployment.spi.LaunchRejectedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who runs the commands that lead to other hosts: programs of this one, or what the administrator wants in their place.
 *
 * @param installed all clients there are, also those that come later
 * @param home directory of the distribution
 * @param ofSsh what {@value #PROPERTY} says
 */
public record Clients(
        Collection<ShellClient> installed, Optional<Path> home, Optional<String> ofSsh, ProcessStarter programs) {

    /** Framework property, read by links through ssh as well: who speaks ssh here. */
    static final String PROPERTY = "actium.ssh.client";

    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);

    private static final String SSH = "ssh";

    /** The client that is none of this JVM. */
    private static final String PROGRAM = "program";

    /** A client, and where the administrator has said so. */
    private record Wish(String client, String line, String place) {}

    /**
     * For a way that begins with this hop, as the administrator says now.
     *
     * @throws LaunchRejectedException if no installed bundle offers the client
     */
    ProcessStarter starting(Hop first) {
        String shell = first.shell();
        Optional<Wish> wish = shell.equals(SSH) && ofSsh.isPresent() ? ofProperty() : ofRules(shell);
        return wish.<ProcessStarter>map(wanted -> {
                    ShellClient client = find(shell, wanted);
                    return command -> client.start(first, command);
                })
                .orElse(programs);
    }

    private Optional<Wish> ofProperty() {
        return ofSsh.filter(name -> !name.equals(PROGRAM))
                .map(name -> new Wish(name, PROPERTY + "=" + name, "the configuration of this container"));
    }

    private Optional<Wish> ofRules(String shell) {
        Optional<Wish> wish = home.flatMap(directory -> new ProtocolRules(directory).client(shell))
                .map(name -> new Wish(name, shell + " = " + name, "conf/protocols.properties"));
        if (shell.equals(SSH)) {
            wish.ifPresent(old -> LOG.warn(
                    "{} says '{}', which counts for launches only; say {}={} in conf/admin.properties instead, for"
                            + " links too",
                    old.place,
                    old.line,
                    PROPERTY,
                    old.client));
        }
        return wish;
    }

    private ShellClient find(String shell, Wish wish) {
        return installed.stream()
                .filter(each -> each.shell().equals(shell) && each.name().equals(wish.client))
                .findFirst()
                .orElseThrow(() -> new LaunchRejectedException(wish.place + " says '" + wish.line
                        + "', but no installed bundle offers that; install org.actium.deployment." + wish.client
                        + ", or take the line out"));
    }
}
