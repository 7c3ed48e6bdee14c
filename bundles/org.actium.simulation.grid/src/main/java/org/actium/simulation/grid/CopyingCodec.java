package org.actium.simulation.grid;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;
import org.actium.codec.api.SentClasses;
import org.actium.codec.api.SharingCheck;
import org.actium.codec.api.Substitution;

/**
 * For runtimes of one JVM that share it: a message carries a number, by which the reader finds a copy of what was
 * written, and copies that once more. What goes by reference, such as stubs and pending futures, becomes what it would
 * become if it were written and read.
 *
 * <p>The first copy keeps the originals of what goes by reference, whose substitutes would not fit into its fields; the
 * second one has the substitutes restored in their places.
 *
 * <p>Differences from a codec that writes: all messages are equally long; the reader must find the very class that was
 * written; and about objects inside of others that copies share, because they cannot change, neither the class scope nor
 * the substitution is asked. What was written is kept as long as this codec, since it may be read again.
 */
final class CopyingCodec implements Codec {

    private final Codec codec;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Written> messages = new ConcurrentHashMap<>();

    /** In the place of what goes by reference, from when it is replaced until it is restored. */
    private record Mark(int number) implements Serializable {}

    /** @param substitutes of what goes by reference; the keys are compared by identity */
    private record Written(Object graph, Map<Object, Object> substitutes) {}

    /** @param codec makes the copies */
    CopyingCodec(Codec codec) {
        this.codec = codec;
    }

    @Override
    public void write(Object value, OutputStream out, Substitution substitution) {
        Keeping keeping = new Keeping(substitution);
        Object graph = codec.<Object>copy(value, keeping);
        long number = numbers.incrementAndGet();
        messages.put(number, new Written(graph, keeping.substitutes));
        try {
            new DataOutputStream(out).writeLong(number);
        } catch (IOException broken) {
            throw new CodecException("the value could not be written: " + broken.getMessage(), broken);
        }
    }

    @Override
    public Object read(InputStream in, ClassScope classes, Substitution substitution) {
        Written message = messages.get(number(in));
        if (message == null) {
            throw new CodecException("the message could not be read: it was not written here");
        }
        Object graph = message.graph();
        if (graph != null && codec.isShared(graph)) {
            return substitution.restore(graph); // perhaps a substitute that was written as such
        }
        return codec.<Object>copy(graph, new Replacing(message.substitutes(), classes, substitution));
    }

    @Override
    public ByteBuffer encode(Object value, Substitution substitution, SentClasses told) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Long.BYTES);
        write(value, bytes, substitution);
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    @Override
    public Object decode(ByteBuffer bytes, ClassScope classes, Substitution substitution, ReceivedClasses known) {
        byte[] number = new byte[bytes.remaining()];
        bytes.get(number);
        return read(new ByteArrayInputStream(number), classes, substitution);
    }

    @Override
    public SentClasses sentClasses(SentClasses.Announcer announcer) {
        return SentClasses.NONE;
    }

    @Override
    public ReceivedClasses receivedClasses() {
        return ReceivedClasses.NONE;
    }

    private static long number(InputStream in) {
        try {
            return new DataInputStream(in).readLong();
        } catch (IOException damaged) {
            throw new CodecException("the message could not be read: " + damaged, damaged);
        }
    }

    @Override
    public <T> T copy(T value, Substitution substitution) {
        return codec.copy(value, substitution);
    }

    @Override
    public boolean isShared(Object value) {
        return codec.isShared(value);
    }

    @Override
    public Optional<SharingCheck> sharingCheck() {
        return codec.sharingCheck();
    }

    @Override
    public SharingCheck sharingCheck(Consumer<String> reports) {
        return codec.sharingCheck(reports);
    }

    /** Leaves what goes by reference as it is, and remembers its substitutes. */
    private final class Keeping implements Substitution {

        private final Substitution substitution;
        private final List<Object> originals = new ArrayList<>();
        private final Map<Object, Object> substitutes = new IdentityHashMap<>();

        Keeping(Substitution substitution) {
            this.substitution = substitution;
        }

        @Override
        public Object replace(Object original) {
            Object substitute = substitution.replace(original);
            if (substitute == original || !codec.isShared(substitute)) {
                return substitute; // such as the value of a future that is known: travels in its place
            }
            substitutes.put(original, substitute);
            originals.add(original);
            return new Mark(originals.size() - 1);
        }

        @Override
        public Object restore(Object substitute) {
            return substitute instanceof Mark(int number) ? originals.get(number) : substitute;
        }
    }

    /** Restores, on the side of the reader, what the writer has kept. */
    private static final class Replacing implements Substitution {

        private final Map<Object, Object> substitutes;
        private final ClassScope scope;
        private final Substitution substitution;
        private final Set<Class<?>> admitted = new HashSet<>();

        Replacing(Map<Object, Object> substitutes, ClassScope scope, Substitution substitution) {
            this.substitutes = substitutes;
            this.scope = scope;
            this.substitution = substitution;
        }

        @Override
        public Object replace(Object original) {
            if (substitutes.containsKey(original)) {
                return substitutes.get(original);
            }
            requireAdmitted(original.getClass());
            return original;
        }

        @Override
        public Object restore(Object substitute) {
            return substitution.restore(substitute);
        }

        private void requireAdmitted(Class<?> type) {
            Class<?> element = type;
            while (element.isArray()) {
                element = element.componentType();
            }
            if (isJdk(element) || admitted.contains(element)) {
                return;
            }
            if (!scope.admits(found(element))) {
                throw new CodecException("the message names " + element.getName()
                        + ", which is not admitted here: it belongs to " + element.getClassLoader()
                        + ", the reader is " + scope);
            }
            admitted.add(element);
        }

        private Class<?> found(Class<?> written) {
            try {
                Class<?> found = scope.find(written.getName());
                if (found != written) {
                    throw new CodecException(written.getName() + " is of " + written.getClassLoader()
                            + " where it was written, but of " + found.getClassLoader()
                            + " where it is read; such messages cannot be passed as copies");
                }
                return found;
            } catch (ClassNotFoundException missing) {
                throw new CodecException("a class in the message is missing: " + missing.getMessage(), missing);
            }
        }

        /** As in a codec that reads: what the JDK has is found everywhere. */
        private static boolean isJdk(Class<?> type) {
            return type.isPrimitive()
                    || type.getClassLoader() == null
                    || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
        }
    }
}
