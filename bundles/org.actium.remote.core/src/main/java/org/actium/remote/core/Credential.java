package org.actium.remote.core;

import java.nio.ByteBuffer;
import java.util.Optional;

/** By what right a runtime asks to be admitted. */
sealed interface Credential {

    /** It has a join token; only the public part is named. */
    record Token(String id) implements Credential {
        @Override
        public String toString() {
            return "join token " + id;
        }
    }

    /** It belongs to the domain. */
    record Membership() implements Credential {
        @Override
        public String toString() {
            return "the key of the domain";
        }
    }

    default Optional<String> tokenId() {
        return this instanceof Token token ? Optional.of(token.id) : Optional.empty();
    }

    default void write(FrameBuilder frame) {
        switch (this) {
            case Membership() -> frame.putByte(0);
            case Token(String id) -> frame.putByte(1).putText(id);
        }
    }

    static Credential read(ByteBuffer frame) {
        byte kind = frame.get();
        return switch (kind) {
            case 0 -> new Membership();
            case 1 -> new Token(FrameReader.text(frame));
            default -> throw new IllegalArgumentException("unknown credential " + kind);
        };
    }
}
