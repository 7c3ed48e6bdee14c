package org.actium.codec.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;
import org.actium.codec.api.SentClasses;
import org.actium.codec.api.Substitution;
import org.junit.Test;

/** Nothing outside the allow-list is instantiated or initialized, wherever in a message it is. */
public class AllowListTest {

    private final JavaCodec codec = new JavaCodec();

    /** Something that may be read. */
    record Crate(Object content) implements Serializable {}

    static final class Box implements Serializable {
        private static final long serialVersionUID = 1;
        private final Object content;

        Box(Object content) {
            this.content = content;
        }
    }

    /** Writes what it holds by hand. */
    static final class Wrapping implements Serializable {
        private static final long serialVersionUID = 1;
        private transient Object content;

        Wrapping(Object content) {
            this.content = content;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeObject(content);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            content = in.readObject();
        }
    }

    private static final OnlyThese ALLOWED = new OnlyThese(Crate.class, Box.class, Wrapping.class);

    private static List<Object> canaries() {
        return List.of(
                new Canaries.Reading(),
                new Canaries.Resolving(),
                new Canaries.Outward(),
                new Canaries.Plain(),
                new Canaries.Recorded(1),
                Canaries.Choice.ONE,
                new Canaries.Comparing(),
                new Canaries.Failing());
    }

    /** Ways to hide something. */
    private static List<UnaryOperator<Object>> hidings() {
        return List.of(
                canary -> canary,
                canary -> new Object[] {canary},
                canary -> {
                    Object[] array = (Object[]) Array.newInstance(canary.getClass(), 1);
                    array[0] = canary;
                    return array;
                },
                canary -> Array.newInstance(canary.getClass(), 2, 2),
                canary -> new Crate(canary),
                canary -> new Box(new Box(canary)),
                canary -> new Wrapping(canary),
                canary -> new ArrayList<>(List.of(canary)),
                canary -> List.of(1, canary),
                canary -> Arrays.asList(canary, null),
                canary -> Collections.unmodifiableList(new ArrayList<>(List.of(canary))),
                canary -> new ArrayDeque<>(List.of(canary)),
                canary -> new CopyOnWriteArrayList<>(List.of(canary)),
                canary -> new HashSet<>(Set.of(canary)),
                canary -> new LinkedHashSet<>(Set.of(canary)),
                canary -> Set.of(canary),
                canary -> new HashMap<>(Map.of(canary, 1)),
                canary -> new HashMap<>(Map.of(1, canary)),
                canary -> new LinkedHashMap<>(Map.of(canary, canary)),
                canary -> new ConcurrentHashMap<>(Map.of(canary, 1)),
                canary -> Map.of(canary, 1),
                canary -> Optional.of(canary),
                canary -> new AtomicReference<>(canary),
                canary -> new IllegalStateException("hides", canary instanceof Throwable cause ? cause : null) {
                    private static final long serialVersionUID = 1;
                    final Object hidden = canary;
                },
                canary -> canary.getClass());
    }

    private Object read(ByteBuffer message) {
        return codec.decode(message, ALLOWED, Substitution.NONE, ReceivedClasses.NONE);
    }

    private void assertRefused(ByteBuffer message, String what) {
        Canaries.SUNG.clear();
        assertThatThrownBy(() -> read(message)).as(what).isInstanceOf(CodecException.class);
        assertThat(Canaries.SUNG).as(what).isEmpty();
    }

    @Test
    public void noCanarySingsWhereverItIsHidden() throws IOException {
        for (Object canary : canaries()) {
            for (int i = 0; i < hidings().size(); i++) {
                Object hidden = hidings().get(i).apply(canary);
                String what = canary.getClass().getSimpleName() + " hidden in way " + i;
                assertRefused(codec.encode(hidden, Substitution.NONE, SentClasses.NONE), what);
                if (!(hidden instanceof Optional)) {
                    assertRefused(stream(hidden), what + ", as a stream");
                }
            }
        }
    }

    @Test
    public void noCanaryComparesOrCounts() throws IOException {
        Comparator<Object> comparing = new Canaries.Comparing();
        TreeMap<Object, Object> sorted = new TreeMap<>(comparing);
        sorted.put(1, 1);
        TreeSet<Object> set = new TreeSet<>(comparing);
        set.add(1);
        PriorityQueue<Object> queue = new PriorityQueue<>(comparing);
        queue.addAll(List.of(1, 2));
        ConcurrentSkipListMap<Object, Object> skipping = new ConcurrentSkipListMap<>(comparing);
        skipping.put(1, 1);
        for (Object hidden : new Object[] {
            sorted,
            set,
            queue,
            skipping,
            new TreeMap<>(Map.of(new Canaries.Recorded(1), 1)),
            new EnumMap<>(Map.of(Canaries.Choice.ONE, 1)),
            EnumSet.of(Canaries.Choice.ONE),
            Collections.reverseOrder(comparing)
        }) {
            assertRefused(
                    codec.encode(hidden, Substitution.NONE, SentClasses.NONE),
                    hidden.getClass().getName());
            assertRefused(stream(hidden), hidden.getClass().getName() + ", as a stream");
        }
    }

    /** What was initialized here by making it would not sing again: a JVM that has not seen the canaries would. */
    @Test
    public void aCanaryThatIsOnlyNamedIsNotInitialized() throws Exception {
        ClassLoader fresh = new FreshLoader();
        OnlyThese ofFresh = new OnlyThese(Crate.class) {
            @Override
            public Class<?> find(String name) throws ClassNotFoundException {
                return Class.forName(name, false, fresh);
            }
        };
        for (Object canary : canaries()) {
            for (Object hidden : new Object[] {canary, new Crate(canary), canary.getClass()}) {
                ByteBuffer message = codec.encode(hidden, Substitution.NONE, SentClasses.NONE);
                assertThatThrownBy(() -> codec.decode(message, ofFresh, Substitution.NONE, ReceivedClasses.NONE))
                        .isInstanceOf(CodecException.class);
            }
        }
        Field sung = Class.forName(Canaries.class.getName(), true, fresh).getDeclaredField("SUNG");
        sung.setAccessible(true);
        assertThat((List<?>) sung.get(null)).isEmpty();
    }

    private static final class FreshLoader extends ClassLoader {
        FreshLoader() {
            super(AllowListTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(Canaries.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    @Test
    public void aStreamInsideOfAStreamIsBytes() throws IOException {
        ByteBuffer inner = stream(new Canaries.Reading());
        byte[] bytes = new byte[inner.remaining()];
        inner.get(bytes);
        Canaries.SUNG.clear();

        Object read = read(codec.encode(new Box(bytes), Substitution.NONE, SentClasses.NONE));

        assertThat(((Box) read).content).isEqualTo(bytes);
        assertThat(Canaries.SUNG).isEmpty();
    }

    @Test
    public void jdkClassesThatReadObjectsFromBytesAreRefused() {
        for (String name : List.of(
                "java.rmi.MarshalledObject",
                "java.security.SignedObject",
                "javax.crypto.SealedObject",
                "java.rmi.server.UnicastRemoteObject",
                "java.beans.EventHandler",
                "javax.management.BadAttributeValueExpException",
                "java.lang.ProcessBuilder",
                "java.lang.reflect.Method",
                "java.net.URL",
                "javax.swing.UIDefaults",
                "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl")) {
            ByteBuffer named = named(name);
            assertThatThrownBy(() -> read(named)).as(name).isInstanceOf(CodecException.class);
        }
    }

    /** The class itself, as it would be sent. */
    private static ByteBuffer named(String name) {
        Output out = new Output(64);
        out.putByte(Tags.CLASS);
        out.putNumber(0);
        new ClassForm(name, List.of(), List.of()).writeTo(out);
        return out.toBuffer();
    }

    @Test
    public void proxiesOfWhateverInterfacesAndLambdasAreRefused() throws IOException {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Comparable.class}, new SerializableHandler());
        assertThatThrownBy(() -> read(stream(proxy))).hasMessageContaining("dynamic proxy");
        assertThatThrownBy(() -> read(stream((Runnable & Serializable) () -> Canaries.SUNG.add("lambda"))))
                .hasMessageContaining("java.lang.invoke.SerializedLambda");
        assertThatThrownBy(() -> read(named("java.lang.invoke.SerializedLambda")))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("lambdas are not sent");
    }

    /** What somebody with a plain object stream would send. */
    private static ByteBuffer stream(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(Tags.STREAM);
        try (HeaderlessStream out = new HeaderlessStream(bytes)) {
            out.writeObject(value);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static final class HeaderlessStream extends ObjectOutputStream {
        HeaderlessStream(OutputStream out) throws IOException {
            super(out);
        }

        @Override
        protected void writeStreamHeader() {}
    }
}
