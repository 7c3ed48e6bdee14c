package org.actium.object.spi;

/**
 * What a protocol of fault tolerance puts on every message, besides attachments: two numbers, which take a byte each where
 * they are small and nothing where both are 0. Nothing in Actium itself looks at them.
 *
 * @param incarnation how often the sender was recovered; tells its messages from those of a copy that should be dead
 * @param epoch of recovery of the sender's domain; tells messages from before a recovery from those after it
 */
public record Marks(long incarnation, long epoch) {

    /** Of messages that nobody has marked. */
    public static final Marks NONE = new Marks(0, 0);

    public Marks {
        if (incarnation < 0 || epoch < 0) {
            throw new IllegalArgumentException(
                    "incarnation " + incarnation + ", epoch " + epoch + ": they count from 0");
        }
    }
}
