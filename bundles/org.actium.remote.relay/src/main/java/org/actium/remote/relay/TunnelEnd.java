package org.actium.remote.relay;

import java.nio.ByteBuffer;

/** What the frames of a tunnel go to. Called by the reader of the link: must not block, and must not keep the buffer. */
interface TunnelEnd {

    void received(TunnelPort port, byte type, ByteBuffer content);

    /** The link is closed, so that nothing more will come from there. */
    void lost(TunnelPort port, String why);
}
