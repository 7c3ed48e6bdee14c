package org.actium.codec.java;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Makes graphs of all kinds of objects from a seed, in which objects occur again, also inside themselves. */
final class GraphMaker {

    private static final int KINDS = 34;

    private final Random random;
    /** With some kinds of objects the whole graph becomes a stream. */
    private final boolean byHandOnly;

    private final List<Object> made = new ArrayList<>();
    private int left;

    GraphMaker(long seed, boolean byHandOnly) {
        this.random = new Random(seed);
        this.byHandOnly = byHandOnly;
        this.left = 1 + random.nextInt(60);
    }

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "verdant";
            }
        }
    }

    record Pair(Object one, int number, Object other) implements Serializable {}

    static class Base implements Serializable {
        private static final long serialVersionUID = 1;
        final int number;
        Object value;
        transient Object forgotten = "not null at first";

        Base(int number) {
            this.number = number;
        }
    }

    static final class Derived extends Base {
        private static final long serialVersionUID = 1;
        private boolean flag;
        private byte small;
        private char letter;
        private short less;
        private long many;
        private float half;
        private double most;
        private final Object value; // hides that of its base
        private Pair[] pairs;

        Derived(Random random, Object value) {
            super(random.nextInt());
            this.value = value;
            flag = random.nextBoolean();
            small = (byte) random.nextInt();
            letter = (char) random.nextInt();
            less = (short) random.nextInt();
            many = random.nextLong();
            half = random.nextFloat();
            most = random.nextDouble();
        }
    }

    /** Writes itself. */
    static final class Secretive implements Serializable {
        private static final long serialVersionUID = 1;
        private transient Object content;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeObject(content);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            content = in.readObject();
        }
    }

    /** There is one. */
    static final class Only implements Serializable {
        private static final long serialVersionUID = 1;
        static final Only ONE = new Only();

        private Object readResolve() {
            return ONE;
        }
    }

    /** Is what it says it is. */
    public static final class Outward implements Externalizable {
        private int number;

        public Outward() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(number);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            number = in.readInt();
        }
    }

    Object make() {
        left--;
        if (left <= 0) {
            return random.nextInt(100);
        }
        int kind = random.nextInt(KINDS);
        return switch (kind) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> (byte) random.nextInt();
            case 3 -> (short) random.nextInt();
            case 4 -> (char) random.nextInt();
            case 5 -> random.nextInt() >>> random.nextInt(32);
            case 6 -> random.nextLong() >>> random.nextInt(64);
            case 7 -> random.nextFloat();
            case 8 -> random.nextDouble();
            case 9 -> "x".repeat(random.nextInt(40)) + random.nextInt();
            case 10 -> "日本" + (char) (0xd800 + random.nextInt(0x800));
            case 11 -> random.nextBoolean() ? Colour.RED : Colour.GREEN;
            case 12 -> new Pair(make(), random.nextInt(), make());
            case 13, 14 -> counted(new Derived(random, make()), this::fill);
            case 15 -> random.ints(random.nextInt(9)).toArray();
            case 16 -> random.doubles(random.nextInt(9)).toArray();
            case 17 -> counted(new Object[random.nextInt(5)], this::fill);
            case 18 -> new Pair[][] {{new Pair(1, 2, make())}, null, {}};
            case 19 -> counted(new ArrayList<>(), this::fill);
            case 20 -> counted(new LinkedList<>(), this::fill);
            case 21 -> new ArrayDeque<>(List.of(1, "a", Colour.RED));
            case 22 -> new HashSet<>(List.of("a", "b", random.nextInt()));
            case 23 -> new LinkedHashSet<>(List.of("b", "a", random.nextInt()));
            case 24 -> counted(new HashMap<>(), this::fill);
            case 25 -> counted(new LinkedHashMap<>(4, 0.75f, random.nextBoolean()), this::fill);
            case 26 -> new ConcurrentHashMap<>(Map.of("a", 1));
            case 27 -> List.of(1, new Pair(make(), 1, make()));
            case 28 -> random.nextBoolean() ? Set.of("only") : Map.of("k", List.of(2));
            case 29 -> value();
            case 30 -> random.nextBoolean() ? Pair[].class : Colour.class;
            case 31 -> made.isEmpty() ? Map.of() : made.get(random.nextInt(made.size()));
            default -> byHandOnly ? make() : special();
        };
    }

    private Object value() {
        return switch (random.nextInt(8)) {
            case 0 -> new UUID(random.nextLong(), random.nextLong());
            case 1 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case 2 -> Duration.ofNanos(random.nextLong());
            case 3 -> LocalDate.ofEpochDay(random.nextInt(100_000));
            case 4 -> LocalDateTime.of(2026, 1, 1 + random.nextInt(28), 3, 4, 5, random.nextInt(1_000_000_000));
            case 5 -> new BigInteger(random.nextInt(200), random);
            case 6 -> new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(40) - 20);
            default -> new Date(random.nextLong());
        };
    }

    private Object special() {
        return switch (random.nextInt(5)) {
            case 0 -> counted(new Secretive(), made -> made.content = make());
            case 1 -> Only.ONE;
            case 2 -> {
                Outward outward = new Outward();
                outward.number = random.nextInt();
                yield outward;
            }
            case 3 -> new TreeMap<>(Map.of("b", 1, "a", 2));
            default -> new IllegalStateException("no");
        };
    }

    private <T> T counted(T object, java.util.function.Consumer<T> filling) {
        made.add(object);
        filling.accept(object);
        return object;
    }

    private void fill(Derived object) {
        ((Base) object).value = make();
        if (random.nextInt(4) == 0) {
            object.pairs = new Pair[] {new Pair(object.number, 1, "x")};
        }
    }

    private void fill(Object[] array) {
        for (int i = 0; i < array.length; i++) {
            array[i] = make();
        }
    }

    private void fill(Collection<Object> collection) {
        for (int i = random.nextInt(5); i > 0; i--) {
            collection.add(make());
        }
    }

    private void fill(Map<Object, Object> map) {
        for (int i = random.nextInt(5); i > 0; i--) {
            map.put(random.nextBoolean() ? "key " + random.nextInt(50) : random.nextInt(50), make());
        }
    }
}
