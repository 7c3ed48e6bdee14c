package org.actium.codec.java;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;
import org.actium.codec.api.SentClasses;
import org.actium.codec.api.SharingCheck;
import org.actium.codec.api.Substitution;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Java serialization without its dangers and, where that is possible, without its cost.
 *
 * <p>A value starts with one byte that says how it is written ({@link Tags}): by hand if every object of the graph can be
 * ({@link ValueWriter}), else as an object stream without header. Classes of a message are looked up by the scope alone, and
 * only admitted ones are instantiated ({@link ScopedClasses}).
 */
@Component(service = Codec.class)
public final class JavaCodec implements Codec {

    /** Longer arrays of objects are copied by the stream. */
    private static final int MAX_FLAT = 16;

    private static final String REMEDY =
            "; let its class implement java.io.Serializable, or leave it out: a transient field does not travel";

    private static final String TOO_DEEP = "the message is nested too deeply for the stack of this thread";

    private static final int EXPECTED_BYTES = 128;

    /** What most messages have before their values. */
    private static final int ROOM = 64;

    private final ReadLimits limits;
    private final JdkClasses jdk = new JdkClasses();
    private final Sharing sharing;
    private final Optional<SharingCheck> check;
    private final CopyPlans plans = new CopyPlans();
    private final ValuePlans values = new ValuePlans();
    private final Lambdas lambdas;

    public JavaCodec() {
        this(ReadLimits.DEFAULT, SharingSettings.DEFAULT);
    }

    @Activate
    public JavaCodec(BundleContext bundle) {
        this(
                ReadLimits.of(name -> Optional.ofNullable(bundle.getProperty(name))),
                SharingSettings.of(
                        Optional.ofNullable(bundle.getProperty(SharingSettings.IMMUTABLE)),
                        Optional.ofNullable(bundle.getProperty(SharingSettings.CHECK))),
                Lambdas.ofBundles());
    }

    public JavaCodec(ReadLimits limits, SharingSettings settings) {
        this(limits, settings, Lambdas.NONE);
    }

    JavaCodec(ReadLimits limits, SharingSettings settings, Lambdas lambdas) {
        this.limits = Objects.requireNonNull(limits, "limits");
        this.lambdas = Objects.requireNonNull(lambdas, "lambdas");
        this.sharing = new Sharing(settings.immutable());
        this.check = settings.reports().map(reports -> new PromisedValues(sharing, reports));
    }

    @Override
    public void write(Object value, OutputStream out, Substitution substitution) {
        Output bytes = new Output(EXPECTED_BYTES);
        encodeInto(bytes, value, substitution, null);
        Output length = new Output(10);
        length.putNumber(bytes.size());
        try {
            length.writeTo(out);
            bytes.writeTo(out);
        } catch (IOException broken) {
            throw new CodecException("the value could not be written: " + broken.getMessage(), broken);
        }
    }

    @Override
    public Object read(InputStream in, ClassScope classes, Substitution substitution) {
        return decoded(ByteBuffer.wrap(bytesOf(in)), classes, substitution, null);
    }

    private byte[] bytesOf(InputStream in) {
        try {
            long length = 0;
            int shift = 0;
            int part;
            do {
                part = in.read();
                length |= (part & 0x7fL) << shift;
                shift += 7;
            } while (part > 0x7f && shift < Integer.SIZE);
            if (part < 0) {
                throw unreadable(new EOFException("it ends early"));
            }
            if (length > limits.bytes() || part > 0x7f) {
                throw tooLong(length);
            }
            byte[] bytes = in.readNBytes((int) length);
            if (bytes.length < length) {
                throw unreadable(new EOFException("it ends early"));
            }
            return bytes;
        } catch (IOException damaged) {
            throw unreadable(damaged);
        }
    }

    @Override
    public ByteBuffer encode(Object value, Substitution substitution, SentClasses told) {
        return encode(value, substitution, told, byte[]::new);
    }

    @Override
    public ByteBuffer encode(Object value, Substitution substitution, SentClasses told, IntFunction<byte[]> memory) {
        Output out = new Output(ROOM, EXPECTED_BYTES, memory);
        encodeInto(out, value, substitution, told instanceof SentTable table ? table : null);
        return out.toBuffer();
    }

    @Override
    public Object decode(ByteBuffer bytes, ClassScope classes, Substitution substitution, ReceivedClasses known) {
        Object value = decoded(bytes, classes, substitution, known instanceof ReceivedTable table ? table : null);
        if (bytes.hasRemaining()) {
            throw new CodecException("the message could not be read: " + bytes.remaining() + " bytes are left over");
        }
        return value;
    }

    @Override
    public SentClasses sentClasses(SentClasses.Announcer announcer) {
        return new SentTable(announcer);
    }

    @Override
    public ReceivedClasses receivedClasses() {
        return new ReceivedTable();
    }

    private void encodeInto(Output out, Object value, Substitution substitution, SentTable told) {
        ValueWriter writer = new ValueWriter(out, values, substitution, told);
        if (!writer.write(value)) {
            out.putByte(Tags.STREAM);
            writeAsStream(value, out, new Remembered(writer.substitutes(), substitution));
        }
    }

    private void writeAsStream(Object value, Output out, Substitution substitution) {
        try {
            writeGraph(value, new GraphWriter(out, substitution, lambdas));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private Object decoded(ByteBuffer bytes, ClassScope scope, Substitution substitution, ReceivedTable known) {
        if (bytes.remaining() > limits.bytes()) {
            throw tooLong(bytes.remaining());
        }
        ScopedClasses classes = new ScopedClasses(scope, jdk, lambdas);
        Input in = new Input(bytes);
        try {
            if (bytes.hasRemaining() && bytes.get(bytes.position()) == Tags.STREAM) {
                in.getByte();
                return readGraph(new GraphReader(in, classes, substitution, limits));
            }
            return new ValueReader(in, values, classes, substitution, known, limits).get();
        } catch (CodecException explained) {
            throw explained;
        } catch (BufferUnderflowException early) {
            throw unreadable(new EOFException("it ends early"));
        } catch (ClassNotFoundException missing) {
            throw missing(missing);
        } catch (StackOverflowError deep) {
            throw new CodecException(TOO_DEEP, deep);
        } catch (Exception | LinkageError damaged) {
            throw unreadable(damaged);
        }
    }

    private CodecException tooLong(long length) {
        return new CodecException(limits.tooLong(length));
    }

    @Override
    public <T> T copy(T value, Substitution substitution) {
        @SuppressWarnings("unchecked")
        T copy = (T) copyOf(value, substitution);
        return copy;
    }

    @Override
    public boolean isShared(Object value) {
        return sharing.canShare(value);
    }

    @Override
    public Optional<SharingCheck> sharingCheck() {
        return check;
    }

    @Override
    public SharingCheck sharingCheck(Consumer<String> reports) {
        return new PromisedValues(sharing, Objects.requireNonNull(reports, "reports"));
    }

    private Object copyOf(Object value, Substitution substitution) {
        if (sharing.canShare(value)) {
            return value;
        }
        Object substitute = substitution.replace(value);
        if (substitute == value) {
            PrimitiveArrays<?> primitives = PrimitiveArrays.of(value);
            if (primitives != null) {
                return substitution.restore(primitives.copyOf(value));
            }
            if (value.getClass() == Object[].class) {
                return copyOfArray((Object[]) value, substitution);
            }
        } else if (sharing.canShare(substitute)) {
            return restore(substitute, substitution);
        }
        if (substitute == value) {
            return plans.of(value.getClass()) instanceof FlatPlan plan
                    ? copyOfFlat(value, plan, substitution)
                    : copyOfGraph(value, null, substitution);
        }
        Map<Object, Object> asked = new IdentityHashMap<>(1);
        asked.put(value, substitute);
        return copyOfGraph(value, asked, substitution);
    }

    private Object copyOfFlat(Object value, FlatPlan plan, Substitution substitution) {
        try {
            return substitution.restore(plan.copy(value));
        } catch (GraphCopier.GivesUpException refused) {
            return copyOfGraph(value, null, substitution);
        }
    }

    /** Argument lists: mostly values that can be shared, arrays of numbers, and stubs. */
    private Object copyOfArray(Object[] array, Substitution substitution) {
        Object[] substitutes = new Object[array.length];
        boolean flat = array.length <= MAX_FLAT;
        int asked = 0;
        while (flat && asked < array.length) {
            Object element = array[asked];
            Object substitute = sharing.canShare(element) ? element : substitution.replace(element);
            substitutes[asked] = substitute;
            flat = sharing.canShare(substitute) || (substitute == element && PrimitiveArrays.of(element) != null);
            // what occurs twice must occur twice in the copy: leave that to the stream
            flat &= sharing.canShare(element) || firstIndexOf(element, array) == asked;
            asked++;
        }
        if (!flat) {
            Map<Object, Object> known = new IdentityHashMap<>(asked + 1);
            known.put(array, array);
            for (int i = 0; i < asked; i++) {
                known.put(array[i], substitutes[i]);
            }
            return copyOfGraph(array, known, substitution);
        }
        Object[] copy = substitutes;
        for (int i = 0; i < array.length; i++) {
            PrimitiveArrays<?> primitives = PrimitiveArrays.of(array[i]);
            if (substitutes[i] != array[i]) {
                copy[i] = restore(substitutes[i], substitution);
            } else if (primitives != null) {
                copy[i] = restore(primitives.copyOf(array[i]), substitution);
            }
        }
        return substitution.restore(copy);
    }

    private static int firstIndexOf(Object element, Object[] array) {
        int index = 0;
        while (array[index] != element) {
            index++;
        }
        return index;
    }

    private static Object restore(Object substitute, Substitution substitution) {
        return substitute == null ? null : substitution.restore(substitute);
    }

    /** @param asked what the substitution said already: it is not asked again, in case it took note; {@code null} for nothing */
    private Object copyOfGraph(Object root, Map<Object, Object> asked, Substitution substitution) {
        GraphCopier copier = new GraphCopier(plans, sharing, substitution, limits, asked);
        return copier.copy(root).orElseGet(() -> copyThroughStream(root, copier.asked(), substitution));
    }

    /** Copies by writing and reading. */
    private Object copyThroughStream(Object root, Map<Object, Object> asked, Substitution substitution) {
        try {
            Bytes bytes = new Bytes();
            GraphWriter writer = new GraphWriter(bytes, new Remembered(asked, substitution), lambdas);
            writeGraph(root, writer);
            List<Class<?>> classes = writer.classes();
            return readGraph(
                    new GraphReader(bytes.toInput(), new WrittenClasses(classes.iterator()), substitution, limits));
        } catch (IOException impossible) {
            throw unreadable(impossible);
        }
    }

    private static void writeGraph(Object root, GraphWriter writer) {
        try {
            writer.writeObject(root);
            writer.drain();
        } catch (NotSerializableException culprit) {
            throw new CodecException(
                    FieldPath.to(culprit.getMessage(), root, "value") + " is not serializable" + REMEDY, culprit);
        } catch (InvalidClassException culprit) {
            throw new CodecException(
                    FieldPath.to(culprit.classname, root, "value") + " cannot travel: " + reason(culprit), culprit);
        } catch (StackOverflowError deep) {
            throw new CodecException(describe(root) + " is nested too deeply for the stack of this thread", deep);
        } catch (IOException | RuntimeException | LinkageError failed) {
            throw new CodecException(describe(root) + " could not be written: " + failed.getMessage(), failed);
        }
    }

    private static Object readGraph(GraphReader reader) {
        try {
            return reader.readObject();
        } catch (CodecException explained) {
            throw explained;
        } catch (ClassNotFoundException missing) {
            throw missing(missing);
        } catch (StackOverflowError deep) {
            throw new CodecException(TOO_DEEP, deep);
        } catch (IOException | RuntimeException | LinkageError damaged) {
            throw reader.exceeded()
                    .map(limit -> new CodecException(limit, damaged))
                    .orElseGet(() -> unreadable(damaged));
        }
    }

    private static CodecException missing(ClassNotFoundException missing) {
        return new CodecException("a class in the message is missing: " + missing.getMessage(), missing);
    }

    private static String reason(InvalidClassException culprit) {
        return culprit.getMessage()
                .substring(culprit.getMessage().indexOf(';') + 1)
                .strip();
    }

    private static String describe(Object root) {
        return "the value (" + root.getClass().getName() + ")";
    }

    private static CodecException unreadable(Throwable cause) {
        String what = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new CodecException("the message could not be read: " + what, cause);
    }

    /** Answers from memory where it can. */
    private record Remembered(Map<Object, Object> known, Substitution substitution) implements Substitution {

        @Override
        public Object replace(Object original) {
            return known.containsKey(original) ? known.get(original) : substitution.replace(original);
        }

        @Override
        public Object restore(Object substitute) {
            return substitution.restore(substitute);
        }
    }
}
