package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** The active object is of a bundle of its own; what its methods take is of another one. */
public class MessageScopeTest {

    public record Customer(String name, Address address) implements Serializable {}

    public record Address(String street) implements Serializable {}

    public static class Base implements Serializable {
        private static final long serialVersionUID = 1;
        private Inherited inherited;
    }

    public static class Inherited implements Serializable {
        private static final long serialVersionUID = 1;
    }

    public static class Order extends Base {
        private static final long serialVersionUID = 1;
        private static Unrelated shared;
        private Customer customer;
        private Map<String, ? extends List<Line[]>> lines;
        private transient Forgotten forgotten;
        private Shape shape;
    }

    public record Line(int count) implements Serializable {}

    public record Forgotten() implements Serializable {}

    public record Unrelated() implements Serializable {}

    public sealed interface Shape extends Serializable {}

    public record Circle(double radius) implements Shape {}

    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private Address where;
    }

    public record Receipt(long number) implements Serializable {}

    /** Defined by the loader of {@link Bundle}. */
    public static class Desk {
        public Optional<Receipt> take(Order order) throws Refused {
            return Optional.empty();
        }
    }

    /** Defined by that loader too, and named by nobody. */
    public record Own() implements Serializable {}

    private static final class Bundle extends ClassLoader {
        private static final List<String> DEFINED = List.of(Desk.class.getName(), Own.class.getName());

        Bundle() {
            super(MessageScopeTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(Address.class.getName())) {
                throw new ClassNotFoundException(name + " is not imported");
            }
            if (!DEFINED.contains(name)) {
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

    private final ClassLoader bundle = new Bundle();
    private final MessageScope scope = new MessageScope(load(Desk.class.getName()));

    private Class<?> load(String name) {
        try {
            return bundle.loadClass(name);
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    public void whatTheMethodsNameIsAdmittedWithAllThatCanBeInIt() {
        for (Class<?> reachable : List.of(
                Order.class,
                Customer.class,
                Address.class,
                Line.class,
                Base.class,
                Inherited.class,
                Circle.class,
                Refused.class,
                Receipt.class)) {
            assertThat(scope.admits(reachable)).as(reachable.getSimpleName()).isTrue();
        }
    }

    @Test
    public void whatItsBundleDefinesIsAdmitted() {
        assertThat(scope.admits(load(Own.class.getName()))).isTrue();
        assertThat(scope.admits(Own.class)).as("one of the same name").isFalse();
    }

    @Test
    public void nothingElseIsAdmitted() {
        for (Class<?> other : List.of(Unrelated.class, Forgotten.class, MessageScopeTest.class)) {
            assertThat(scope.admits(other)).as(other.getSimpleName()).isFalse();
        }
    }

    @Test
    public void whatIsReachableIsFoundAsWhoeverNamesItSeesIt() throws ClassNotFoundException {
        assertThat(scope.find(Address.class.getName())).isSameAs(Address.class);
        assertThat(scope.find(Own.class.getName())).isSameAs(load(Own.class.getName()));
        assertThatThrownBy(() -> scope.find("org.example.Missing")).isInstanceOf(ClassNotFoundException.class);
    }
}
