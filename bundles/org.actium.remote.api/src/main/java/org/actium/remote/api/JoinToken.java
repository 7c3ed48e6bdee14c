package org.actium.remote.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * The right to join a domain once. The secret belongs on standard input or in a file only its owner can read: never on
 * a command line, in an environment, or in a log. {@link #toString()} leaves it out.
 *
 * @param id public; names the token in messages and logs
 * @param secret at least 128 random bits, in URL-safe Base64
 */
public record JoinToken(String id, String secret) implements Serializable {

    public JoinToken {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(secret, "secret");
    }

    /** The form that {@link #parse} reads: {@code id.secret}. */
    public String text() {
        return id + "." + secret;
    }

    /**
     * @throws IllegalArgumentException if the text is not of the form {@code id.secret}; the message does not repeat it
     */
    public static JoinToken parse(String text) {
        String trimmed = text.strip();
        int dot = trimmed.indexOf('.');
        if (dot <= 0 || dot == trimmed.length() - 1) {
            throw new IllegalArgumentException("a join token has the form id.secret");
        }
        return new JoinToken(trimmed.substring(0, dot), trimmed.substring(dot + 1));
    }

    @Override
    public String toString() {
        return "join token " + id;
    }
}
