package org.actium.object.spi;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** One copy of a recoverable object, in this runtime. */
@ProviderType
public interface RecoverableBody {

    /** Before anything else: what the object sends goes there, and what its state waits for is asked for there. */
    void begin(Mailbox mailbox);

    /**
     * Has one request served; not before the one before has its outcome.
     *
     * @param outcome called with the encoded outcome when it has been served, also if it is one-way; never if this copy
     *     ends before, with its node or because it is stopped
     */
    void serve(Delivered request, Consumer<byte[]> outcome);

    /**
     * What another copy can be made from; only while nothing is being served.
     *
     * @throws RuntimeException if it is not serializable, with the path of fields
     */
    State state();

    /** @param awaited requests of the object whose replies it may still ask for: futures that it holds */
    record State(byte[] bytes, Set<Long> awaited) {
        public State {
            awaited = Collections.unmodifiableSet(new LinkedHashSet<>(awaited));
        }
    }

    /** How many requests may wait for service, as its node says: whoever brings them keeps more back. */
    int capacity();

    /** This copy is not to do anything any more: what it waits for fails, and what it still does has no effect. */
    void stop(String why);
}
