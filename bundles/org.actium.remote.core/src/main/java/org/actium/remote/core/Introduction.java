package org.actium.remote.core;

import java.util.Optional;
import org.actium.runtime.api.RuntimeAddress;

/**
 * What a finished handshake says about the link that begins, or goes on.
 *
 * @param peer the other side
 * @param connectionId names the connection; drawn by the side that dialled
 * @param lastConnection the newest connection with this side that the other knew when it dialled; 0 if none, and for
 *     those that this side dialled
 * @param tokenId the join token the other side was admitted by
 * @param version of the protocol, on which both sides have agreed
 * @param resumption what the other side says of the link to be resumed; as the side that was dialled agrees to it
 */
record Introduction(
        RuntimeAddress peer,
        long connectionId,
        long lastConnection,
        Optional<String> tokenId,
        int version,
        Resumption resumption) {

    Introduction resuming(Resumption agreed) {
        return new Introduction(peer, connectionId, lastConnection, tokenId, version, agreed);
    }
}
