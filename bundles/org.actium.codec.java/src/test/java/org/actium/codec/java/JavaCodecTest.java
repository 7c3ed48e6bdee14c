package org.actium.codec.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;
import org.actium.codec.api.SentClasses;
import org.actium.codec.api.Substitution;
import org.junit.Test;

public class JavaCodecTest {

    private static final ClassScope HERE = ClassScope.of(JavaCodecTest.class.getClassLoader());

    private final JavaCodec codec = new JavaCodec();

    // fixtures

    record Point(int x, int y) implements Serializable {}

    record Money(BigDecimal amount, String currency) implements Serializable {}

    record Chain(Object value, Object next) implements Serializable {}

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "verdant";
            }
        }
    }

    static final class Order implements Serializable {
        String id;
        Customer customer;
        List<Object> lines = new ArrayList<>();
        Map<String, Object> notes = new LinkedHashMap<>();
        Order self;
    }

    static final class Customer {}

    interface Named {
        String name();
    }

    /** Stands for a remote object in these tests. */
    static final class Local implements Named {
        @Override
        public String name() {
            return "local";
        }
    }

    record LocalRef(String name) implements Serializable {}

    // round trips

    @Test
    public void bringsBackEverySimpleValue() {
        for (Object value : new Object[] {
            true,
            false,
            (byte) -7,
            (short) -300,
            'ß',
            -70_000,
            Long.MIN_VALUE,
            -0.0f,
            Math.PI,
            "",
            "Grüße",
            "日本 " + "\ud83d",
            "x".repeat(100_000)
        }) {
            assertThat(sent(value)).isEqualTo(value).hasSameClassAs(value);
        }
        assertThat(sent(null)).isNull();
    }

    @Test
    public void bringsBackArraysOfEveryPrimitiveType() {
        double[] large = new Random(1).doubles(5_000).toArray();
        Object[] arrays = {
            new byte[] {1, -2},
            new boolean[] {true, false, true},
            new char[] {'a', 'Ω'},
            new short[] {-1},
            new int[] {},
            new long[] {Long.MAX_VALUE},
            new float[] {1.5f},
            large
        };
        for (Object array : arrays) {
            assertThat(sent(array)).hasSameClassAs(array).isEqualTo(array);
        }
        assertThat(Arrays.deepEquals((Object[]) sent(arrays), arrays)).isTrue();
    }

    @Test
    public void bringsBackTheValueClassesOfTheJdk() {
        for (Object value : new Object[] {
            BigInteger.TWO.pow(100),
            new BigDecimal("1.50"),
            UUID.fromString("6f2c0b1e-0000-4000-8000-000000000001"),
            Instant.EPOCH,
            Duration.ofMillis(5),
            LocalDate.of(2026, 1, 31),
            ZonedDateTime.parse("2026-01-31T10:15:30+01:00[Europe/Paris]"),
            URI.create("actium://host:1/n"),
            Locale.FRENCH,
            TimeUnit.SECONDS,
            new Date(5),
            new GregorianCalendar(2026, 0, 31),
            List.of(1, 2, 3),
            Set.of("a"),
            Map.of("k", 1),
            Arrays.asList(1, null),
            Collections.unmodifiableList(new ArrayList<>(List.of("x"))),
            Collections.singletonMap("a", 1),
            new TreeMap<>(Map.of("b", 2, "a", 1)),
            new EnumMap<>(Map.of(Colour.RED, 1)),
            EnumSet.of(Colour.GREEN),
            new ConcurrentHashMap<>(Map.of("a", 1)),
            new CopyOnWriteArrayList<>(List.of(1)),
            new StackTraceElement("a.B", "c", "B.java", 3),
            String.class,
            int.class,
            int[][].class,
            Optional.of("o"),
            OptionalInt.empty()
        }) {
            assertThat(sent(value)).as(value.getClass().getName()).isEqualTo(value);
            assertThat(codec.copy(value, Substitution.NONE))
                    .as(value.getClass().getName())
                    .isEqualTo(value);
        }
        assertThat(((AtomicLong) sent(new AtomicLong(7))).get()).isEqualTo(7);
        assertThat((ConcurrentLinkedQueue<?>) sent(new ConcurrentLinkedQueue<>(List.of(1, 2))))
                .hasSize(2);
        assertThat(((Random) sent(new Random(42))).nextInt()).isEqualTo(new Random(42).nextInt());
    }

    @Test
    public void bringsBackOptionalsWhereTheCodecIsNotVisible() {
        ClassScope onlyJdk = ClassScope.of(ClassLoader.getPlatformClassLoader());

        for (Object value : new Object[] {Optional.of("o"), Optional.empty(), OptionalInt.of(1)}) {
            assertThat(written(value, Substitution.NONE, onlyJdk, Substitution.NONE))
                    .isEqualTo(value);
        }
    }

    @Test
    public void bringsBackRecordsEnumsAndCycles() {
        Order order = new Order();
        order.id = "o-1";
        order.lines.add(new Point(1, 2));
        order.lines.add(Colour.GREEN);
        order.self = order;

        Order read = (Order) sent(order);

        assertThat(read.id).isEqualTo("o-1");
        assertThat(read.lines).containsExactly(new Point(1, 2), Colour.GREEN);
        assertThat(read.self).isSameAs(read);
    }

    @Test
    public void bringsBackAnExceptionWithItsStackAndCause() {
        IllegalStateException failure = new IllegalStateException("no", new IOException("disk"));
        failure.addSuppressed(new ArithmeticException());

        IllegalStateException read = (IllegalStateException) sent(failure);

        assertThat(read).hasMessage("no").hasRootCauseMessage("disk");
        assertThat(read.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(read.getSuppressed()).hasSize(1);
    }

    @Test
    public void keepsOneObjectOneObject() {
        double[] shared = {1};
        Object[] read = (Object[]) sent(new Object[] {shared, shared});
        assertThat(read[0]).isSameAs(read[1]);
    }

    @Test
    public void readsNotAByteBeyondTheValue() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object value : new Object[] {"first", new ArrayList<>(List.of(1)), new Point(1, 2), null}) {
            codec.write(value, out, Substitution.NONE);
        }
        out.write(99);
        InputStream in = new ByteArrayInputStream(out.toByteArray());

        assertThat(codec.read(in, HERE, Substitution.NONE)).isEqualTo("first");
        assertThat(codec.read(in, HERE, Substitution.NONE)).isEqualTo(List.of(1));
        assertThat(codec.read(in, HERE, Substitution.NONE)).isEqualTo(new Point(1, 2));
        assertThat(codec.read(in, HERE, Substitution.NONE)).isNull();
        assertThat(in.read()).isEqualTo(99);
    }

    // substitution

    private static final Substitution BY_NAME = new Substitution() {
        @Override
        public Object replace(Object original) {
            return original instanceof Local ? new LocalRef("local") : original;
        }

        @Override
        public Object restore(Object substitute) {
            return substitute instanceof LocalRef ref ? (Named) () -> "restored " + ref.name() : substitute;
        }
    };

    @Test
    public void substitutesAnywhereInTheGraph() {
        Order order = new Order();
        order.lines.add(new Local());
        for (Object value : new Object[] {new Local(), new Object[] {1, new Local()}, order}) {
            Object read = written(value, BY_NAME, HERE, BY_NAME);
            Object copy = codec.copy(value, BY_NAME);
            for (Object result : new Object[] {read, copy}) {
                Object substituted = switch (result) {
                    case Object[] array -> array[1];
                    case Order o -> o.lines.getFirst();
                    default -> result;
                };
                assertThat(((Named) substituted).name()).isEqualTo("restored local");
            }
        }
    }

    @Test
    public void asksOnceForEachObjectOfACopy() {
        List<Object> asked = new ArrayList<>();
        Substitution noting = new Substitution() {
            @Override
            public Object replace(Object original) {
                asked.add(original);
                return original;
            }
        };
        List<Integer> list = new ArrayList<>(List.of(1));
        Object[] array = {"shared", list, new int[1]};

        codec.copy(array, noting);

        assertThat(asked.stream().filter(o -> o == list)).hasSize(1);
        assertThat(asked.stream().filter(o -> o == array)).hasSize(1);
    }

    @Test
    public void asksForStringsAndBoxesToo() {
        Substitution shouting = new Substitution() {
            @Override
            public Object replace(Object original) {
                return original instanceof String s ? s + "!" : original;
            }

            @Override
            public Object restore(Object substitute) {
                return substitute instanceof Integer i ? i + 1 : substitute;
            }
        };
        assertThat(written("a", shouting, HERE, Substitution.NONE)).isEqualTo("a!");
        assertThat((Object[]) written(new Object[] {"a", 1}, shouting, HERE, shouting))
                .containsExactly("a!", 2);
        assertThat(written(1, shouting, HERE, shouting)).isEqualTo(2);
    }

    // copies

    @Test
    public void copySharesWhatCannotChange() {
        for (Object value : new Object[] {
            "text",
            1_000_000,
            Colour.GREEN,
            Instant.EPOCH,
            new BigInteger("5"),
            new Point(1, 2),
            new Money(BigDecimal.ONE, "EUR"),
            List.of(new Point(1, 2), "x"),
            Optional.of(new Point(3, 4)),
            new Chain("a", new Chain(1, List.of(Duration.ZERO)))
        }) {
            assertThat(codec.copy(value, Substitution.NONE)).as("%s", value).isSameAs(value);
            assertThat(codec.isShared(value)).as("%s", value).isTrue();
        }
    }

    @Test
    public void copySharesNothingThatCanChange() {
        Chain behindRecords = new Chain(1, new Chain(2, new ArrayList<>(List.of(3))));
        for (Object value : new Object[] {
            new ArrayList<>(List.of(1)),
            new int[] {1},
            new Object[] {1},
            new Date(),
            behindRecords,
            List.of(new Date()),
            Optional.of(new Date()),
            new BigInteger("5") {}
        }) {
            assertThat(codec.isShared(value)).as("%s", value).isFalse();
            if (!(value instanceof BigInteger)) {
                assertThat(codec.copy(value, Substitution.NONE))
                        .as("%s", value)
                        .isNotSameAs(value)
                        .isEqualTo(value);
            }
        }
        Chain copy = codec.copy(behindRecords, Substitution.NONE);
        assertThat(((Chain) copy.next()).next()).isNotSameAs(((Chain) behindRecords.next()).next());
    }

    @Test
    public void copyOfAnArgumentListCopiesItsArraysAndSharesItsValues() {
        double[] numbers = {1, 2};
        Object[] copy = codec.copy(new Object[] {"a", numbers, null, 5}, Substitution.NONE);

        assertThat(copy[0]).isEqualTo("a");
        assertThat((double[]) copy[1]).isEqualTo(numbers).isNotSameAs(numbers);
        assertThat(copy[2]).isNull();
        assertThat(copy[3]).isEqualTo(5);
    }

    @Test
    public void copyKeepsOneArgumentOneObject() {
        int[] twice = {1};
        Object[] copy = codec.copy(new Object[] {twice, twice}, Substitution.NONE);
        assertThat(copy[0]).isSameAs(copy[1]).isNotSameAs(twice);
    }

    @Test
    public void copyFindsClassesOfSeveralLoaders() throws Exception {
        Object first = new SeparateLoader().instance(Parcel.class);
        Object second = new SeparateLoader().instance(Parcel.class);

        List<Object> copy = codec.copy(new ArrayList<>(List.of(first, second)), Substitution.NONE);

        assertThat(copy.get(0)).isNotSameAs(first).hasSameClassAs(first);
        assertThat(copy.get(1)).isNotSameAs(second).hasSameClassAs(second);
        assertThat(copy.get(0).getClass()).isNotSameAs(copy.get(1).getClass());
    }

    @Test(timeout = 30_000)
    public void keepsNoClassLoaderAlive() throws Exception {
        ReferenceQueue<ClassLoader> unloaded = new ReferenceQueue<>();
        Reference<ClassLoader> loader = copyAndForget(unloaded);
        Reference<?> gone = null;
        while (gone == null) {
            System.gc();
            gone = unloaded.remove(50);
        }
        assertThat(gone).isSameAs(loader);
    }

    private Reference<ClassLoader> copyAndForget(ReferenceQueue<ClassLoader> unloaded) throws Exception {
        SeparateLoader loader = new SeparateLoader();
        Object parcel = loader.instance(Parcel.class);
        codec.copy(parcel, Substitution.NONE);
        written(parcel, Substitution.NONE, ClassScope.of(loader), Substitution.NONE);
        return new WeakReference<>(loader, unloaded);
    }

    // refusals

    @Test
    public void namesThePathToWhatIsNotSerializable() {
        Order order = new Order();
        order.customer = new Customer();
        assertThatThrownBy(() -> sent(new Object[] {1, order}))
                .isInstanceOf(CodecException.class)
                .hasMessage("value[1].customer (" + Customer.class.getName() + ") is not serializable; let its class"
                        + " implement java.io.Serializable, or leave it out: a transient field does not travel");

        Order nested = new Order();
        nested.lines.add("fine");
        nested.lines.add(Map.of("c", new Customer()));
        assertThatThrownBy(() -> codec.copy(nested, Substitution.NONE))
                .hasMessageStartingWith("value.lines[1][c] (" + Customer.class.getName() + ") is not serializable;");
    }

    @Test
    public void refusesToSendLambdasProxiesAndOtherThanValuesOfTheJdk() throws Exception {
        Order withLambda = new Order();
        withLambda.notes.put("by", (Comparator<String> & Serializable) (a, b) -> 0);
        assertThatThrownBy(() -> sent(withLambda))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("value.notes[by]")
                .hasMessageContaining("lambdas are not sent; use a class");

        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Named.class}, (p, method, arguments) -> "proxied");
        assertThatThrownBy(() -> sent(proxy)).hasMessageContaining("dynamic proxies are not sent");

        URL url = URI.create("http://localhost/").toURL();
        assertThatThrownBy(() -> codec.copy(new ArrayList<>(List.of(url)), Substitution.NONE))
                .hasMessageStartingWith("value[0] (java.net.URL) cannot travel");
        assertThatThrownBy(() -> sent(ProcessBuilder.class)).hasMessageContaining("java.lang.ProcessBuilder");
    }

    @Test
    public void refusesToReadWhatAHonestWriterWouldNotSend() throws Exception {
        assertThatThrownBy(() -> decoded(stream(URI.create("http://localhost/").toURL())))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("java.net.URL");
        assertThatThrownBy(() -> decoded(stream((Function<String, String> & Serializable) String::strip)))
                .hasMessageContaining("java.lang.invoke.SerializedLambda");
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Named.class}, new SerializableHandler());
        assertThatThrownBy(() -> decoded(stream(proxy))).hasMessageContaining("dynamic proxy");
    }

    private Object decoded(ByteBuffer bytes) {
        return codec.decode(bytes, HERE, Substitution.NONE, ReceivedClasses.NONE);
    }

    @Test
    public void refusesClassesTheScopeDoesNotAdmitAndCreatesNothingOfThem() {
        ClassScope onlyPoints = new ClassScope() {
            @Override
            public Class<?> find(String name) throws ClassNotFoundException {
                return HERE.find(name);
            }

            @Override
            public boolean admits(Class<?> type) {
                return type == Point.class;
            }
        };
        Trap.sprung = false;

        assertThat(written(new Point(1, 2), Substitution.NONE, onlyPoints, Substitution.NONE))
                .isEqualTo(new Point(1, 2));
        assertThatThrownBy(() -> written(new Trap[] {new Trap()}, Substitution.NONE, onlyPoints, Substitution.NONE))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Trap.class.getName())
                .hasMessageContaining("not admitted");
        assertThat(Trap.sprung).isFalse();
    }

    @Test
    public void admitsClassesOfTheScopesLoaderOnly() throws Exception {
        Object parcel = new SeparateLoader().instance(Parcel.class);
        ClassScope theirs = ClassScope.of(parcel.getClass().getClassLoader());

        assertThat(written(parcel, Substitution.NONE, theirs, Substitution.NONE))
                .hasSameClassAs(parcel);
        assertThatThrownBy(() -> written(new Point(1, 2), Substitution.NONE, theirs, Substitution.NONE))
                .isInstanceOf(CodecException.class);
    }

    @Test
    public void saysWhichClassIsMissing() {
        ClassScope nowhere = new ClassScope() {
            @Override
            public Class<?> find(String name) throws ClassNotFoundException {
                throw new ClassNotFoundException(name + " not found by bundle x");
            }

            @Override
            public boolean admits(Class<?> type) {
                return true;
            }
        };
        assertThatThrownBy(() -> written(new Point(1, 2), Substitution.NONE, nowhere, Substitution.NONE))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Point.class.getName() + " not found by bundle x");
    }

    @Test
    public void refusesDamagedMessages() {
        byte[] bytes = bytes(new ArrayList<>(List.of(new Point(1, 2), "x")));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> codec.read(new ByteArrayInputStream(cut), HERE, Substitution.NONE))
                    .isInstanceOf(CodecException.class);
        }
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] flipped = bytes.clone();
            flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                codec.read(new ByteArrayInputStream(flipped), HERE, Substitution.NONE);
            } catch (CodecException expected) {
                // either it reads as something else, or this
            }
        }
    }

    @Test
    public void holdsItsLimits() {
        JavaCodec strict = new JavaCodec(new ReadLimits(10, 100, 1_000, 20_000), SharingSettings.DEFAULT);
        Object deep = null;
        for (int i = 0; i < 20; i++) {
            deep = new Chain(i, deep);
        }
        assertRefused(strict, deep, "the message is nested deeper than 10 objects");
        Object mutable = new Chain(new ArrayList<>(List.of(1)), deep);
        assertThatThrownBy(() -> strict.copy(mutable, Substitution.NONE))
                .as("the rules are the same for a copy")
                .hasMessageStartingWith("the message is nested deeper than 10 objects; ");
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(new Point(i, i));
        }
        assertRefused(strict, many, "the message has more than 100 references");
        assertRefused(strict, new long[2_000], "the arrays of the message have more than 1000 elements");
        assertRefused(
                strict,
                new Object[] {new long[600], new int[600]},
                "the arrays of the message have more than 1000 elements");
        assertRefused(strict, new long[1][1_001], "the arrays of the message have more than 1000 elements");
        assertRefused(
                strict,
                new Chain(List.of(), new ArrayList<>(List.of("x".repeat(20_000), 1))),
                "the message is longer than 20000 bytes");
    }

    @Test
    public void allocatesNothingForALengthThatIsALie() {
        ByteBuffer lie = codec.encode(new long[4], Substitution.NONE, SentClasses.NONE);
        lie.put(lie.position() + 1, (byte) 0x7f); // the length
        assertThatThrownBy(() -> decoded(lie))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("127 elements are announced, but there are 32 bytes");
    }

    @Test
    public void readsWhatIsAsDeepAsTheLimitOnAVirtualThread() throws Exception {
        Object deep = null;
        for (int i = 0; i < ReadLimits.DEFAULT.depth() - 5; i++) {
            deep = new Chain(i, deep);
        }
        Object chain = deep;
        List<Object> results = new CopyOnWriteArrayList<>();
        Thread.ofVirtual()
                .start(() -> results.add(codec.copy((Serializable) sent(chain), Substitution.NONE)))
                .join();
        assertThat(results).hasSize(1);
    }

    @Test
    public void saysThatAGraphIsTooDeep() {
        Object deep = null;
        for (int i = 0; i < 1_000_000; i++) {
            deep = new Chain(i, deep);
        }
        Object chain = deep;
        assertThatThrownBy(() -> sent(chain)).isInstanceOf(CodecException.class).hasMessageContaining("too deeply");
    }

    private static void assertRefused(JavaCodec strict, Object value, String message) {
        assertThatThrownBy(() -> strict.read(new ByteArrayInputStream(bytes(value)), HERE, Substitution.NONE))
                .isInstanceOf(CodecException.class)
                .hasMessageStartingWith(message);
    }

    private Object sent(Object value) {
        return written(value, Substitution.NONE, HERE, Substitution.NONE);
    }

    private Object written(Object value, Substitution writing, ClassScope scope, Substitution reading) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        codec.write(value, out, writing);
        return codec.read(new ByteArrayInputStream(out.toByteArray()), scope, reading);
    }

    private static byte[] bytes(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new JavaCodec().write(value, out, Substitution.NONE);
        return out.toByteArray();
    }

    /** What somebody with a plain object stream would send. */
    private static ByteBuffer stream(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(Tags.STREAM);
        HeaderlessStream out = new HeaderlessStream(bytes);
        out.writeObject(value);
        out.flush();
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
