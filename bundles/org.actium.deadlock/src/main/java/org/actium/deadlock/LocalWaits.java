package org.actium.deadlock;

import java.util.Optional;
import org.actium.deadlock.api.Deadlock;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Need;
import org.actium.runtime.api.RuntimeId;

/**
 * The waits in this runtime. Only those of threads of service that have no limit and are for one thing count; there is
 * at most one for each active object. An answer is true at some moment between question and answer.
 */
interface LocalWaits {

    /** The wait that the active object is in now. */
    Optional<WaitId> waitOf(BodyId body);

    /** {@link Need#NONE} if the wait is over. */
    Need need(WaitId wait);

    /** What a future needs that was passed on to that runtime; {@link Need#NONE} if its value is known. */
    Need need(RuntimeId holder, long future);

    /** Whether only the thread of service of the active object can answer what the runtime awaits under that number. */
    boolean isServedInTurn(BodyId producer, String signature, RuntimeId caller, long call);

    /** Whether that request waits for room in the queue of the active object. */
    boolean holdsBack(BodyId owner, BodyId sender, long sequence);

    /** Whether the wait can be ended by an exception. */
    boolean canFail(WaitId wait);

    /** The wait in words, for a report; what is over is described as far as it is known. */
    Deadlock.Member describe(WaitId wait);
}
