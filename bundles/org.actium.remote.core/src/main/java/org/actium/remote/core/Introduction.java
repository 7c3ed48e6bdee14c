package org.actium.remote.core;

import java.util.Optional;
import org.actium.runtime.api.RuntimeAddress;

/**
 * What a finished handshake says about the link that begins.
 *
 * @param peer the other side
 * @param linkId names the link; drawn by the side that dialled
 * @param lastLink the newest link with this side that the other knew when it dialled; 0 if none, and for links that
 *     this side dialled
 * @param tokenId the join token the other side was admitted by
 */
record Introduction(RuntimeAddress peer, long linkId, long lastLink, Optional<String> tokenId) {}
