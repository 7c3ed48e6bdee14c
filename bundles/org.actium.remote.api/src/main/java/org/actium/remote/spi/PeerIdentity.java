package org.actium.remote.spi;

import java.util.Objects;
import org.actium.runtime.api.RuntimeId;

/** What a connection knows of the other side before the first frame. */
public sealed interface PeerIdentity {

    /** Nothing: neither side has proved anything, and others may listen or be in the middle. */
    record Unknown() implements PeerIdentity {}

    /**
     * The connection is private, but who is there has to be proved on it.
     *
     * @param channel secret bytes that both sides have and nobody else, whoever is in the middle; only read
     */
    record Stranger(byte[] channel) implements PeerIdentity {}

    /**
     * A member of the domain of this runtime has proved that it is that one.
     *
     * @param channel as for a stranger
     */
    record Member(RuntimeId runtime, byte[] channel) implements PeerIdentity {
        public Member {
            Objects.requireNonNull(runtime, "runtime");
        }
    }
}
