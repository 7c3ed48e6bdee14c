package org.actium.codec.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.Test;

public class ReachableTypesTest {

    private static final String AWAKE = ReachableTypesTest.class.getName() + ".awake";

    interface Marker {}

    record Named() implements Serializable {}

    record InArray() implements Serializable {}

    record InList() implements Serializable {}

    record Bound() implements Serializable {}

    record Lower() implements Serializable {}

    static class Thrown extends Exception {
        private static final long serialVersionUID = 1;
        private Detail detail;
    }

    record Detail(Component component) implements Serializable {}

    record Component() implements Serializable {}

    static class Base implements Serializable {
        private static final long serialVersionUID = 1;
        private OfBase field;
    }

    record OfBase() implements Serializable {}

    static final class Items extends ArrayList<Item> {
        private static final long serialVersionUID = 1;
    }

    record Item() implements Serializable {}

    static final class Order extends Base {
        private static final long serialVersionUID = 1;
        private static OfStatic shared;
        private transient OfTransient forgotten;
        private Object anything;
        private Marker marker;
        private Abstract base;
        private Items items;
        private Map<String, ? extends List<InField[]>> fields;
        private Shape shape;
        private Other other;
        private Order next;
    }

    record InField() implements Serializable {}

    sealed interface Shape {}

    record Circle(Radius radius) implements Shape, Serializable {}

    record Radius() implements Serializable {}

    record OfStatic() implements Serializable {}

    record OfTransient() implements Serializable {}

    record Marked() implements Marker, Serializable {}

    abstract static class Abstract implements Serializable {
        private static final long serialVersionUID = 1;
    }

    static final class OfAbstract extends Abstract {
        private static final long serialVersionUID = 1;
    }

    /** Not serializable: what it has cannot come. */
    static final class Other {
        private OfOther field;
    }

    record OfOther() implements Serializable {}

    interface Desk {
        <T extends Comparable<T> & Marker, U extends List<Bound>> Named take(
                Order order, T self, U several, InArray[][] array, Consumer<? super Lower> lower) throws Thrown;

        List<InList> list();
    }

    private static ReachableTypes reachable(Class<?> contract, int most) {
        return ReachableTypes.from(
                contract.getName(),
                Arrays.stream(contract.getMethods())
                        .flatMap(ReachableTypes::named)
                        .toList(),
                most);
    }

    @Test
    public void whatAValueMayHoldIsReached() {
        ReachableTypes reachable = reachable(Desk.class, ReachableTypes.MOST);
        for (Class<?> type : List.of(
                Named.class,
                InArray.class,
                InList.class,
                Bound.class,
                Lower.class,
                Thrown.class,
                Detail.class,
                Component.class,
                Order.class,
                Base.class,
                OfBase.class,
                Items.class,
                Item.class,
                InField.class,
                Shape.class,
                Circle.class,
                Radius.class)) {
            assertThat(reachable.contains(type)).as(type.getSimpleName()).isTrue();
            assertThat(reachable.find(type.getName())).contains(type);
        }
    }

    @Test
    public void nothingElseIsReached() {
        ReachableTypes reachable = reachable(Desk.class, ReachableTypes.MOST);
        for (Class<?> type : List.of(
                OfStatic.class,
                OfTransient.class,
                Marked.class,
                OfAbstract.class,
                OfOther.class,
                ReachableTypesTest.class,
                Object.class,
                String.class)) {
            assertThat(reachable.contains(type)).as(type.getSimpleName()).isFalse();
            assertThat(reachable.find(type.getName())).as(type.getSimpleName()).isEmpty();
        }
    }

    @Test
    public void noClassIsInitialized() {
        reachable(Sleepers.class, ReachableTypes.MOST);
        assertThat(System.getProperty(AWAKE)).isNull();
    }

    interface Sleepers {
        Bed bed();
    }

    record Bed(Sleeper sleeper) implements Serializable {}

    static final class Sleeper implements Serializable {
        private static final long serialVersionUID = 1;

        static {
            System.setProperty(AWAKE, "yes");
        }
    }

    @Test
    public void tooManySayWhatToDo() {
        assertThatThrownBy(() -> reachable(Desk.class, 9))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("more than 9 types can be reached from " + Desk.class.getName())
                .hasMessageContaining("transient");
    }

    record First(Second second) implements Serializable {}

    record Second(Missing missing, Present present) implements Serializable {}

    record Missing() implements Serializable {}

    record Present() implements Serializable {}

    static class Whole implements Serializable {
        private static final long serialVersionUID = 1;
        private Present present;
    }

    static final class Broken extends Whole {
        private static final long serialVersionUID = 1;
        private Missing missing;
    }

    /** Of a bundle to which one class is missing. */
    @Test
    public void whatIsMissingHidesNothingElse() throws Exception {
        ClassLoader without = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.equals(Missing.class.getName())) {
                    throw new ClassNotFoundException(name);
                }
                try (InputStream in = ReachableTypesTest.class
                        .getClassLoader()
                        .getResourceAsStream(name.replace('.', '/') + ".class")) {
                    byte[] bytes = in.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException unreadable) {
                    throw new ClassNotFoundException(name, unreadable);
                }
            }
        };
        ReachableTypes reachable = ReachableTypes.from(
                "a test", List.of(without.loadClass(First.class.getName()), without.loadClass(Broken.class.getName())));
        assertThat(reachable.find(Second.class.getName())).isPresent();
        assertThat(reachable.find(Present.class.getName())).isPresent();
        assertThat(reachable.find(Missing.class.getName())).isEmpty();
    }
}
