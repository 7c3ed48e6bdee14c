package org.actium.runtime.api;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where connections are accepted: a host and a port, and the transport that carries them.
 *
 * @param transport name of the transport: small letters, digits, {@code -} and {@code .}
 * @param host name or literal address, IPv6 without brackets
 * @param port 0 stands for "any free port" where something is bound, and is invalid where something is dialled
 */
public record Endpoint(String transport, String host, int port) implements Serializable {

    /** The transport of endpoints that name none. */
    public static final String TCP = "tcp";

    private static final Pattern TRANSPORT = Pattern.compile("[a-z0-9.-]+");

    public Endpoint {
        Objects.requireNonNull(host, "host");
        if (!TRANSPORT.matcher(transport).matches()) {
            throw new IllegalArgumentException(
                    "'" + transport + "' cannot be a transport: its name has small letters, digits, '-' and '.' only");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
    }

    /** At a port of {@value #TCP}. */
    public Endpoint(String host, int port) {
        this(TCP, host, port);
    }

    /**
     * Reads {@code host:port} or {@code [ipv6]:port}, after {@code transport@} if it is not {@value #TCP}, with or
     * without a leading {@code actium://}.
     *
     * @throws IllegalArgumentException naming the text and what is wrong with it
     */
    public static Endpoint parse(String text) {
        String address = text.startsWith("actium://") ? text.substring("actium://".length()) : text;
        int at = address.indexOf('@');
        String transport = at < 0 ? TCP : address.substring(0, at);
        int colon = address.lastIndexOf(':');
        if (colon <= at + 1) {
            throw new IllegalArgumentException("'" + text + "' is not host:port");
        }
        String host = address.substring(at + 1, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new Endpoint(transport, host, Integer.parseInt(address.substring(colon + 1)));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("'" + text + "' is not host:port: the port is not a number", notANumber);
        }
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        String place = host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
        return transport.equals(TCP) ? place : transport + "@" + place;
    }
}
