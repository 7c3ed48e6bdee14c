package org.actium.deployment.shell.api;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.actium.deployment.spi.LaunchRejectedException;

/**
 * What the administrator says about protocols, in {@code conf/protocols.properties} of the distribution. {@code insecure = rsh
 * rlogin} allows these, which others on the network can read and change; none is allowed where there is no such file.
 * {@code <shell> = <client>} lets a {@link ShellClient} of that name stand in for the program of a remote shell; for ssh the
 * framework property {@code actium.ssh.client} is to say so.
 */
public final class ProtocolRules {

    private final Path file;

    /** @param home directory of the distribution */
    public ProtocolRules(Path home) {
        this.file = home.resolve("conf").resolve("protocols.properties");
    }

    /**
     * Reads the file each time: what it says counts from the next launch.
     *
     * @throws LaunchRejectedException if this protocol is not allowed, or the file cannot be read
     */
    public void require(String protocol) {
        if (!allowed().contains(protocol)) {
            throw new LaunchRejectedException("the protocol " + protocol
                    + " is refused: others on the network can read the token of the new runtime and all that it is"
                    + " told; use ssh, or let the administrator allow it with the line 'insecure = " + protocol
                    + "' in " + file);
        }
    }

    /**
     * The client that stands in for the program of a shell; empty if none does.
     *
     * @throws LaunchRejectedException if the file cannot be read
     */
    public Optional<String> client(String shell) {
        return Optional.of(properties().getProperty(shell, "").strip()).filter(name -> !name.isEmpty());
    }

    private List<String> allowed() {
        return List.of(properties().getProperty("insecure", "").strip().split("[\\s,]+"));
    }

    private Properties properties() {
        var properties = new Properties();
        if (!Files.exists(file)) {
            return properties;
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new LaunchRejectedException(
                    "what the administrator says about protocols cannot be read in " + file + ": "
                            + unreadable.getMessage(),
                    unreadable);
        }
        return properties;
    }
}
