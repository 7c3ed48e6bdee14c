package org.actium.deployment.shell.api;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.actium.deployment.spi.LaunchRejectedException;

/**
 * What the administrator says about protocols that others on the network can read and change, in
 * {@code conf/protocols.properties} of the distribution: {@code insecure = rsh rlogin} allows these. None is allowed where
 * there is no such file.
 */
public final class InsecureProtocols {

    private final Path file;

    /** @param home directory of the distribution */
    public InsecureProtocols(Path home) {
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

    private List<String> allowed() {
        if (!Files.exists(file)) {
            return List.of();
        }
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new LaunchRejectedException(
                    "whether insecure protocols are allowed cannot be read in " + file + ": " + unreadable.getMessage(),
                    unreadable);
        }
        return List.of(properties.getProperty("insecure", "").strip().split("[\\s,]+"));
    }
}
