package org.actium.object.core;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;
import org.actium.codec.api.SentClasses;
import org.actium.object.api.BodyId;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.runtime.api.RuntimeId;

/**
 * What the two ends of one link have told each other, so that messages can be short: classes and signatures are defined once
 * ({@link Frames.Kind#DEFINITION}), before the first message that names them by number, and ids of active objects say no
 * more than is needed between these two. Any thread.
 *
 * <p>Numbers are never given again, so that a message means the same however late it leaves. When they are used up, messages
 * say what they mean.
 */
final class Dictionary {

    /** Signatures that are defined over a link, in one direction. */
    static final int SIGNATURES = 4096;

    /** Longer ones are not defined. */
    static final int SIGNATURE_BYTES = 1024;

    private static final int CLASS = 0;
    private static final int SIGNATURE = 1;

    /** Whose id it is; in the lowest bits of the number of an object. */
    private static final int NOBODY = 0;

    private static final int OF_WRITER = 1;
    private static final int OF_READER = 2;
    private static final int OF_ANOTHER = 3;
    private static final int BITS = 2;

    private final Link link;
    private final RuntimeId self;
    private final SentClasses sentClasses;
    private final ReceivedClasses receivedClasses;
    private final Map<String, Integer> sentSignatures = new ConcurrentHashMap<>();
    private final Map<Integer, String> receivedSignatures = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int next; // of signatures; guarded by lock

    Dictionary(Link link, RuntimeId self, Codec codec) {
        this.link = link;
        this.self = self;
        this.sentClasses = codec.sentClasses((number, description) -> define(CLASS, number, description));
        this.receivedClasses = codec.receivedClasses();
    }

    SentClasses sentClasses() {
        return sentClasses;
    }

    ReceivedClasses receivedClasses() {
        return receivedClasses;
    }

    private void define(int what, int number, byte[] definition) {
        Frames.send(link, Frames.Kind.DEFINITION, out -> {
            out.writeByte(what);
            Frames.writeNumber(out, number);
            out.write(definition);
        });
    }

    /** The other end has defined something. Called by the reader of the link, in order with messages. */
    void learn(DataInputStream in) throws IOException {
        int what = in.readUnsignedByte();
        int number = Frames.readCount(in, Integer.MAX_VALUE);
        byte[] definition = in.readAllBytes();
        switch (what) {
            case CLASS -> receivedClasses.learn(number, definition);
            case SIGNATURE -> {
                if (number >= SIGNATURES || definition.length > SIGNATURE_BYTES) {
                    throw new IOException("signature " + number + " with " + definition.length + " bytes is defined");
                }
                receivedSignatures.put(number, new String(definition, StandardCharsets.UTF_8));
            }
            default -> throw new IOException("a definition of kind " + what);
        }
    }

    /** The other end has dropped a definition: all are made again. */
    void forget() {
        sentClasses.forget();
        lock.lock();
        try {
            sentSignatures.clear();
        } finally {
            lock.unlock();
        }
    }

    // ---- signatures

    /** The number of the signature; empty if the other end does not know it. May block while it is defined. */
    Optional<Integer> define(String signature) {
        Integer known = sentSignatures.get(signature);
        return known == null ? defined(signature) : Optional.of(known);
    }

    private Optional<Integer> defined(String signature) {
        byte[] text = signature.getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            Integer known = sentSignatures.get(signature);
            if (known != null) {
                return Optional.of(known);
            }
            if (next == SIGNATURES || text.length > SIGNATURE_BYTES) {
                return Optional.empty();
            }
            int number = next++;
            define(SIGNATURE, number, text);
            sentSignatures.put(signature, number);
            return Optional.of(number);
        } catch (LinkClosedException lost) {
            return Optional.empty(); // whoever sends the message will hear of it
        } finally {
            lock.unlock();
        }
    }

    /** @param number as {@link #define} has given it */
    static void writeSignature(DataOutputStream out, Optional<Integer> number, String signature) throws IOException {
        if (number.isPresent()) {
            Frames.writeNumber(out, number.get() + 1);
        } else {
            Frames.writeNumber(out, 0);
            out.writeUTF(signature);
        }
    }

    /** @throws CodecException if the other end has not defined it, or before this runtime had active objects */
    String readSignature(DataInputStream in) throws IOException {
        int number = Frames.readCount(in, Integer.MAX_VALUE);
        if (number == 0) {
            return in.readUTF();
        }
        String signature = receivedSignatures.get(number - 1);
        if (signature == null) {
            throw new CodecException(
                    "method " + (number - 1) + " of " + link.peer().name() + " is not defined here");
        }
        return signature;
    }

    // ---- ids

    void writeId(DataOutputStream out, Optional<BodyId> id) throws IOException {
        if (id.isEmpty()) {
            Frames.writeNumber(out, NOBODY);
            return;
        }
        RuntimeId birthplace = id.get().birthplace();
        int whose = birthplace.equals(self)
                ? OF_WRITER
                : birthplace.equals(link.peer().id()) ? OF_READER : OF_ANOTHER;
        Frames.writeNumber(out, id.get().number() << BITS | whose);
        if (whose == OF_ANOTHER) {
            Frames.write(out, birthplace);
        }
    }

    Optional<BodyId> readId(DataInputStream in) throws IOException {
        long number = Frames.readNumber(in);
        RuntimeId birthplace;
        switch ((int) number & (1 << BITS) - 1) {
            case OF_WRITER -> birthplace = link.peer().id();
            case OF_READER -> birthplace = self;
            case OF_ANOTHER -> birthplace = Frames.readRuntimeId(in);
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(new BodyId(birthplace, number >>> BITS));
    }
}
