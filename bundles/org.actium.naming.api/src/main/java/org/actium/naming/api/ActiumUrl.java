package org.actium.naming.api;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;

/**
 * What users name things by: {@code counter}, or {@code actium://host:port/counter}. Descriptors of old have
 * {@code rmi://host:port/counter}, which means the same; without a port it is that of the RMI registry.
 *
 * @param runtime empty for this one
 * @param path what comes after the host and port
 */
public record ActiumUrl(Optional<Endpoint> runtime, String path) {

    private static final String SCHEME = "actium://";
    private static final String ALIAS = "rmi://";
    private static final int ALIAS_PORT = 1099;

    public ActiumUrl {
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(path, "path");
    }

    /** @throws IllegalArgumentException if what should be host and port is not */
    public static ActiumUrl parse(String text) {
        Optional<String> scheme =
                Stream.of(SCHEME, ALIAS).filter(text::startsWith).findFirst();
        if (scheme.isEmpty()) {
            return new ActiumUrl(Optional.empty(), text);
        }
        String rest = text.substring(scheme.get().length());
        int slash = rest.indexOf('/');
        String runtime = slash < 0 ? rest : rest.substring(0, slash);
        return new ActiumUrl(
                runtime.isEmpty() ? Optional.empty() : Optional.of(endpoint(runtime, scheme.get())),
                slash < 0 ? "" : rest.substring(slash + 1));
    }

    private static Endpoint endpoint(String runtime, String scheme) {
        boolean hasPort = runtime.lastIndexOf(':') > runtime.lastIndexOf(']');
        return Endpoint.parse(hasPort || scheme.equals(SCHEME) ? runtime : runtime + ":" + ALIAS_PORT);
    }

    /** The URL of something on that runtime; without host and port if it accepts no connection. */
    public static String text(RuntimeAddress runtime, String path) {
        return SCHEME
                + runtime.endpoints().stream()
                        .findFirst()
                        .map(Endpoint::toString)
                        .orElse("") + "/" + path;
    }

    /** @throws IllegalArgumentException with what is wrong, if no object can have the path as its name */
    public String requireName() {
        return requireName(path);
    }

    /** @throws IllegalArgumentException with what is wrong, if no object can have this name */
    public static String requireName(String name) {
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be a name: it needs a character, and must have neither '/' nor blanks");
        }
        return name;
    }
}
