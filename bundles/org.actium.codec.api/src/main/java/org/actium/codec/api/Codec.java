package org.actium.codec.api;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Writes object graphs and reads them back with the semantics of Java serialization. Safe for use by many threads.
 *
 * <p>Three kinds of objects are refused although Java would serialize them: dynamic proxies, lambdas of bundles that did
 * not ask for it, and classes of the JDK that are not plain values (a reader that built those could be made to run code).
 * {@link java.util.Optional} and its kin travel although Java would not serialize them. The rules are the same for a copy.
 */
@ProviderType
public interface Codec {

    /**
     * Writes the graph that starts at the value, {@code null} included. The stream stays open. After a failure it may
     * have got some bytes, which mean nothing.
     *
     * @param substitution asked for every object of the graph before it is written
     * @throws CodecException if something in the graph is not serializable, naming the path of fields that leads to it
     */
    void write(Object value, OutputStream out, Substitution substitution);

    /**
     * Reads what {@link #write} wrote, and not a byte more.
     *
     * @param classes where class names are looked up and which classes are admitted
     * @throws CodecException if the bytes are damaged, or name a class that is missing or not admitted
     */
    Object read(InputStream in, ClassScope classes, Substitution substitution);

    /**
     * Writes as {@link #write} does, into a buffer of its own, for somebody who knows where it ends. The buffer has an array,
     * and what that has before the position belongs to the caller, too: with luck there is room for what precedes the value
     * in a message, so that it need not be copied.
     *
     * @param told what the reader knows already, and is told now
     * @throws CodecException as {@link #write}
     */
    ByteBuffer encode(Object value, Substitution substitution, SentClasses told);

    /**
     * As the other, for messages that may be long.
     *
     * @param memory finds or makes an array of at least that length, with any content; asked when a message is long. The buffer may
     *     have another one
     * @throws CodecException as {@link #write}
     */
    default ByteBuffer encode(Object value, Substitution substitution, SentClasses told, IntFunction<byte[]> memory) {
        return encode(value, substitution, told);
    }

    /**
     * Reads all of what {@link #encode} wrote.
     *
     * @param known what the writer has told
     * @throws CodecException as {@link #read}
     */
    Object decode(ByteBuffer bytes, ClassScope classes, Substitution substitution, ReceivedClasses known);

    /** For the sending end of a new link. */
    SentClasses sentClasses(SentClasses.Announcer announcer);

    /** For the receiving end of a new link. */
    ReceivedClasses receivedClasses();

    /**
     * A copy that shares with the original only what cannot change (strings, boxes, enums, records of such, what the
     * application calls {@linkplain Immutable immutable} …) and what the substitution restores to the same object. The
     * substitution is not asked for what is shared.
     *
     * @throws CodecException as {@link #write}
     */
    <T> T copy(T value, Substitution substitution);

    /** Whether {@link #copy} returns the value itself without asking a substitution: it and all in it cannot change. */
    boolean isShared(Object value);

    /** With which it can be found out whether what copies share really does not change; empty unless configured. */
    Optional<SharingCheck> sharingCheck();

    /** One that finds out the same, whether configured or not. @param reports hears of every promise that was broken */
    SharingCheck sharingCheck(Consumer<String> reports);
}
