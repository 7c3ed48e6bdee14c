package org.actium.object.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Inside of it, calls that would wait because they declare checked exceptions go on at once, if it covers those
 * exceptions; what they throw comes out at the latest at its end:
 *
 * <pre>
 *   try (Bracket bracket = objects.bracket(IOException.class)) {
 *       store.write(first);      // void write(Page) throws IOException: does not wait
 *       store.write(second);
 *   } catch (IOException thrown) {
 *       …
 *   }
 * </pre>
 *
 * <p>One that covers {@link RuntimeException} also hears of one-way calls that fail. Belongs to the thread that opened
 * it. Brackets nest: a call belongs to the innermost one that covers one of its exceptions, and opening another one
 * throws what has failed so far in those around it.
 *
 * <p>Failures come out as they are, without wrapping, although no method here declares them; a failure that was already
 * thrown to whoever used the future of the call counts as seen and does not come out again.
 */
@ProviderType
public interface Bracket extends AutoCloseable {

    /** How many calls of this bracket have no outcome yet. Never blocks. */
    int awaited();

    /** Throws the first failure there is that nobody has seen. Never blocks. */
    void throwArrived();

    /** Blocks until every call of this bracket has an outcome; throws the first failure that nobody has seen. */
    void await();

    /** Blocks as {@link #await}. @return all failures, in the order of the calls; they count as seen */
    List<Throwable> failures();

    /** As {@link #await}; further failures are suppressed ones of the first. Calls made later are not covered. */
    @Override
    void close();
}
