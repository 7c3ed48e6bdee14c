package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.actium.object.guest.Discreet;
import org.actium.object.spi.OpenMembers;
import org.actium.object.stubs.StubFactory;
import org.junit.Test;

/** Rule 5 of {@code docs/semantics.md} §3: a future for what nobody can use without asking it, and for nothing else. */
public class TransparentResultsTest {

    private final StubFactory stubs = new StubFactory();

    /** Keeps all to itself. */
    public static class Price implements Comparable<Price>, Serializable {
        static final long serialVersionUID = 1;
        public static int made;
        private final int cents;

        protected Price() {
            this(0);
        }

        Price(int cents) {
            this.cents = cents;
        }

        public static final Price of(int cents) {
            return new Price(cents);
        }

        @Override
        public int compareTo(Price other) {
            return Integer.compare(cents(), other.cents());
        }

        protected int cents() {
            return own();
        }

        private final int own() {
            return cents;
        }
    }

    /** As all of these. */
    public static class Shown extends Price {
        public int shown;
    }

    /** And. */
    public static class Inheriting extends Shown {}

    /** And. */
    public static class Fixed {
        public final String name = "fixed";
    }

    /** And. */
    public static class Guarded {
        protected String name = "";
        String other = "";
    }

    /** And. */
    public static class Packaged {
        boolean open;
    }

    /** And. */
    public static class Final {
        public final int last() {
            return 1;
        }
    }

    /** And. */
    public static class PackageFinal {
        final int last() {
            return 1;
        }
    }

    /** And. */
    public abstract static class FinalIdentity {
        @Override
        public final boolean equals(Object other) {
            return this == other;
        }

        @Override
        public final int hashCode() {
            return 1;
        }
    }

    /** Inherits what only its package sees, from another. */
    public static class Foreign extends Discreet {}

    /** Collections of one's own. */
    public static class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1;
    }

    /** A number of one's own. */
    public static class Ratio extends Number {
        private static final long serialVersionUID = 1;

        @Override
        public int intValue() {
            return 1;
        }

        @Override
        public long longValue() {
            return 1;
        }

        @Override
        public float floatValue() {
            return 1;
        }

        @Override
        public double doubleValue() {
            return 1;
        }
    }

    /** What the JDK compares by fields. */
    public static class Sum extends BigDecimal {
        private static final long serialVersionUID = 1;

        public Sum() {
            super(1);
        }
    }

    /** Has final methods. */
    public static class Failure extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Data. */
    public record Point(int x, int y) {}

    /** One of two. */
    public sealed interface Either permits Left, Right {}

    /** One. */
    public record Left() implements Either {}

    /** The other, which anybody may extend. */
    public static non-sealed class Right implements Either {}

    /** With a default method and a constant. */
    public interface Priced {
        int MAXIMUM = 3;

        default int price() {
            return MAXIMUM;
        }
    }

    /** Generic. */
    public static class Box<T> {
        private T content;

        public T content() {
            return content;
        }
    }

    /** A method for each kind of result. */
    public interface Results {
        Price price();

        Priced interfaced();

        Comparable<Point> comparable();

        Right nonSealed();

        Box<Point> generic();

        Names ownCollection();

        Ratio ownNumber();

        List<Point> list();

        Map<String, Point> map();

        Collection<?> collection();

        CharSequence text();

        Runnable lambda();

        Number number();

        ArrayList<Point> arrayList();

        HashMap<String, Point> hashMap();

        Shown field();

        Inheriting inherited();

        Fixed finalField();

        Guarded protectedFields();

        Packaged packageField();

        Final finalMethod();

        PackageFinal finalMethodOfThePackage();

        FinalIdentity finalIdentity();

        Foreign ofAnotherPackage();

        Sum ownDecimal();

        Failure failure();

        BigDecimal decimal();

        BigInteger integer();

        Date date();

        File file();

        Properties properties();

        PriorityQueue<String> priorities();

        AtomicInteger atomic();

        Thread thread();

        Point point();

        Either sealed();

        EnumSet<Thread.State> states();
    }

    private static String explain(String method) {
        try {
            return CallPlans.explain(Results.class, Results.class.getMethod(method));
        } catch (NoSuchMethodException missing) {
            throw new AssertionError(missing);
        }
    }

    @Test
    public void isWhateverNobodyCanUseWithoutAskingIt() {
        assertThat(Stream.of("price", "interfaced", "comparable", "nonSealed", "generic", "ownCollection", "ownNumber"))
                .allMatch(method -> explain(method).endsWith("asynchronous, with a transparent future for its result"));
    }

    @Test
    public void isACommonTypeOfTheJdk() {
        assertThat(Stream.of("list", "map", "collection", "text", "lambda", "number", "arrayList", "hashMap"))
                .allMatch(method -> explain(method).endsWith("asynchronous, with a transparent future for its result"));
    }

    @Test
    public void isNothingWithFieldsForOthers() {
        String here = TransparentResultsTest.class.getName();
        assertThat(explain("field"))
                .isEqualTo("Results.field is synchronous, because field " + here
                        + "$Shown.shown is not private: reading it would not wait");
        assertThat(explain("inherited")).contains("because field " + here + "$Shown.shown is not private");
        assertThat(explain("finalField")).contains("field " + here + "$Fixed.name is not private");
        assertThat(explain("protectedFields")).contains("field " + here + "$Guarded.name is not private");
        assertThat(explain("packageField")).contains("field " + here + "$Packaged.open is not private");
    }

    @Test
    public void isNothingWithMethodsThatAStubDoesNotOverride() {
        String here = TransparentResultsTest.class.getName();
        assertThat(explain("finalMethod"))
                .isEqualTo("Results.finalMethod is synchronous, because method " + here
                        + "$Final.last is final: calling it would not wait");
        assertThat(explain("finalMethodOfThePackage")).contains("method " + here + "$PackageFinal.last is final");
        assertThat(explain("finalIdentity")).contains("method " + here + "$FinalIdentity.equals is final");
        assertThat(explain("ofAnotherPackage"))
                .contains("method org.actium.object.guest.Discreet.whispered is for its package only");
    }

    @Test
    public void isNothingThatTheJdkReadsByItsFields() {
        assertThat(explain("decimal"))
                .isEqualTo("Results.decimal is synchronous, because java.math.BigDecimal belongs to the JDK, whose code"
                        + " would read its fields without waiting");
        assertThat(Stream.of("ownDecimal", "integer", "date", "file", "properties", "priorities", "atomic", "failure"))
                .allMatch(method -> explain(method).contains("belongs to the JDK, whose code would read its fields"));
        assertThat(explain("thread")).contains("java.lang.Thread belongs to the JDK");
    }

    @Test
    public void isNothingThatHasNoStubs() {
        assertThat(explain("point")).endsWith("Point is a record");
        assertThat(explain("sealed")).endsWith("Either is sealed");
        assertThat(explain("states")).endsWith("java.util.EnumSet is sealed");
    }

    @Test
    public void whatIsListedOfTheJdkHasNothingOpenToPrograms() throws ClassNotFoundException {
        for (String name : OpenMembers.OF_JDK) {
            Class<?> type = Class.forName(name);

            assertThat(stubs.obstacle(type)).as(name).isEmpty();
            assertThat(Stream.<Member>concat(Arrays.stream(type.getFields()), Arrays.stream(type.getMethods()))
                            .filter(member -> !Modifier.isStatic(member.getModifiers()))
                            .filter(member -> member.getDeclaringClass() != Object.class)
                            .filter(member -> member instanceof Field || Modifier.isFinal(member.getModifiers())))
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    public void otherSerializationRefusesWhatNobodyCouldReadAgain() {
        for (Serializable value : List.of(new Price(3), new ArrayList<>(List.of("a")), new HashMap<>(Map.of(1, 2)))) {
            assertThatThrownBy(
                            () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(standingFor(value)))
                    .as(value.getClass().getName())
                    .isInstanceOf(NotSerializableException.class)
                    .hasMessage("stub or future of " + value.getClass().getName()
                            + ": only Actium passes it on; write the value that Futures.value gives, or a name");
        }
    }

    @Test
    public void classesThatUseEachOtherByMethodsGetAnswersFromTheValue() {
        Price future = standingFor(new Price(3));

        assertThat(new Price(2)).isLessThan(future);
        assertThat(future).isEqualByComparingTo(new Price(3));
    }

    @SuppressWarnings("unchecked")
    private <T> T standingFor(T value) {
        return (T) stubs.stub(value.getClass(), (method, arguments) -> method.invokeOn(value, arguments));
    }

    @Test
    public void collectionsOfTheJdkAskEachOtherByMethods() {
        Stream.of(
                        new ArrayList<String>(),
                        new LinkedList<String>(),
                        new ArrayDeque<String>(),
                        new HashSet<String>(),
                        new LinkedHashSet<String>(),
                        new TreeSet<String>())
                .forEach(value -> {
                    value.addAll(List.of("a", "b", "c"));
                    Collection<String> standIn = standingFor(value);
                    String name = value.getClass().getName();

                    assertThat(new ArrayList<>(standIn)).as(name).containsExactly("a", "b", "c");
                    assertThat(new TreeSet<>(standIn)).as(name).containsExactly("a", "b", "c");
                    assertThat(new ArrayDeque<>(standIn)).as(name).containsExactly("a", "b", "c");
                    assertThat(List.copyOf(standIn)).as(name).containsExactly("a", "b", "c");
                    assertThat(Set.copyOf(standIn)).as(name).hasSize(3);
                    assertThat(standIn.parallelStream().toList()).as(name).containsExactly("a", "b", "c");
                    assertThat(String.join("", standIn)).as(name).isEqualTo("abc");
                    assertThat(Collections.frequency(standIn, "b")).as(name).isEqualTo(1);
                    if (!(value instanceof Deque)) {
                        assertThat(value.equals(standIn)).as(name).isTrue();
                    }
                    assertThat(value.containsAll(standIn)).as(name).isTrue();
                    assertThat(value.removeAll(standIn)).as(name).isTrue();
                    assertThat(value).as(name).isEmpty();
                });
    }

    @Test
    public void mapsOfTheJdkAskEachOtherByMethods() {
        Stream.of(new HashMap<String, Integer>(), new LinkedHashMap<String, Integer>(), new TreeMap<String, Integer>())
                .forEach(value -> {
                    value.putAll(Map.of("a", 1, "b", 2));
                    Map<String, Integer> standIn = standingFor(value);
                    String name = value.getClass().getName();

                    assertThat(new HashMap<>(standIn)).as(name).isEqualTo(value);
                    assertThat(new TreeMap<>(standIn)).as(name).isEqualTo(value);
                    assertThat(Map.copyOf(standIn)).as(name).isEqualTo(value);
                    assertThat(value.equals(standIn)).as(name).isTrue();
                    if (standIn instanceof SortedMap<String, Integer> sorted) {
                        assertThat(new TreeMap<>(sorted)).as(name).isEqualTo(value);
                        assertThat(new TreeSet<>(((TreeMap<String, Integer>) sorted).navigableKeySet()))
                                .as(name)
                                .containsExactly("a", "b");
                    }
                });
    }
}
