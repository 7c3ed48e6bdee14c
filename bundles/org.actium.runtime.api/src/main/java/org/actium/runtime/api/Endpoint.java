package org.actium.runtime.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * A host and a port.
 *
 * @param host name or literal address, IPv6 without brackets
 * @param port 0 stands for "any free port" where something is bound, and is invalid where something is dialled
 */
public record Endpoint(String host, int port) implements Serializable {

    public Endpoint {
        Objects.requireNonNull(host, "host");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
    }

    /**
     * Reads {@code host:port} or {@code [ipv6]:port}, with or without a leading {@code actium://}.
     *
     * @throws IllegalArgumentException naming the text and what is wrong with it
     */
    public static Endpoint parse(String text) {
        String address = text.startsWith("actium://") ? text.substring("actium://".length()) : text;
        int colon = address.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("'" + text + "' is not host:port");
        }
        String host = address.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new Endpoint(host, Integer.parseInt(address.substring(colon + 1)));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'" + text + "' is not host:port: the port is not a number", notANumber);
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
