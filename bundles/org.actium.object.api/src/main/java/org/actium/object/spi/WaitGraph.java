package org.actium.object.spi;

import java.nio.ByteBuffer;
import org.actium.object.api.BodyId;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The waits in this runtime and what they need: its part of the graph whose circles are deadlocks. Nothing is recorded for
 * it: while there is no listener waits cost nothing extra, and needs are looked for when they are asked for, which takes
 * time in proportion to the calls that are under way. Any thread; nothing blocks, except {@link #tell}.
 */
@ProviderType
public interface WaitGraph {

    /**
     * Tells the listener of waits that begin from now on.
     *
     * @throws IllegalStateException if there is a listener
     */
    Registration listen(WaitListener listener);

    /** What a future needs that this runtime passed on to that one under that number. */
    Need need(RuntimeId holder, long future);

    /**
     * Whether only its thread of service can answer a call that the active object, which is in this runtime, has not
     * answered yet: not if it serves calls of the method at once, or has returned a future of the JDK for this one.
     *
     * @param caller the runtime that awaits the answer
     * @param call the number under which it does, as {@link Need.Reply#call}
     */
    boolean isServedInTurn(BodyId producer, String signature, RuntimeId caller, long call);

    /**
     * Whether the request of that sender with that sequence number waits for room in the queue of the active object, which
     * is in this runtime, or is in it and its acknowledgement waits.
     */
    boolean holdsBack(BodyId owner, BodyId sender, long sequence);

    /**
     * Sends the message to the listener of another runtime. It arrives there after every reply that objects of this
     * runtime have sent there before. May block while the other side is slow, or is dialled.
     *
     * @throws org.actium.remote.api.RemotingException if it was not sent, or may be lost
     */
    void tell(RuntimeAddress runtime, ByteBuffer message);
}
