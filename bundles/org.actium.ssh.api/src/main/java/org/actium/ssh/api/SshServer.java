package org.actium.ssh.api;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whom to connect to. What is empty comes from the configuration of the user, as with the program {@code ssh}.
 *
 * @param host a name of the network, or one that only the configuration knows
 * @param key file of a private key that is tried as well
 */
public record SshServer(String host, OptionalInt port, Optional<String> user, Optional<Path> key) {

    public SshServer {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(port, "port");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(key, "key");
    }

    /** @param text {@code host} or {@code user@host} */
    public static SshServer of(String text) {
        int at = text.lastIndexOf('@');
        return new SshServer(
                text.substring(at + 1),
                OptionalInt.empty(),
                at < 0 ? Optional.empty() : Optional.of(text.substring(0, at)),
                Optional.empty());
    }

    @Override
    public String toString() {
        return user.map(name -> name + "@").orElse("") + host;
    }
}
