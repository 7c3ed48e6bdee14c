package org.actium.object.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.ServiceLoader;
import javax.annotation.processing.Processor;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ActiveObjectProcessorTest {

    private static final String REMEDY = "; let stubs override it, or make it private if nobody else is to call it";

    @Rule
    public final TemporaryFolder output = new TemporaryFolder();

    /** What the compiler says of a class {@code app.<name>}: kind, line in the text, message. */
    private List<String> compile(String name, String text) {
        return new MemoryCompiler(output.getRoot().toPath())
                .compile(name, text, List.of(new ActiveObjectProcessor()), List.of()).stream()
                        .map(MemoryCompiler.Said::toString)
                        .toList();
    }

    @Test
    public void isFoundByTheCompiler() {
        assertThat(ServiceLoader.load(Processor.class)).hasAtLeastOneElementOfType(ActiveObjectProcessor.class);
    }

    @Test
    public void aGoodClassIsNoError() {
        assertThat(compile("Good", """
                @ActiveObject public class Good {
                    private int value;
                    public static final int MAX = 3;
                    Good() {}
                    private Good(int value) {}
                    public void add(int amount) {}
                    public java.util.List<String> all() { return null; }
                    @Cache public Good other() { return null; }
                    private final void own() {}
                    public static final void common() {}
                    @Override public boolean equals(Object other) { return other == this; }
                    @Override public int hashCode() { return 1; }
                }
                """)).isEmpty();
    }

    @Test // row 180
    public void whatCannotBeActiveIsAnErrorAtTheClass() {
        assertThat(compile("Last", "@ActiveObject public final class Last {}"))
                .containsExactly("ERROR 1: class app.Last cannot be active: class app.Last is final; call it through an"
                        + " interface that it implements: as(…)");
        assertThat(compile("Point", "@ActiveObject public record Point(int x) {}"))
                .anyMatch(said ->
                        said.startsWith("ERROR 1: class app.Point cannot be active: class app.Point is a record"));
        assertThat(compile("Colour", "@ActiveObject public enum Colour { RED }"))
                .anyMatch(said -> said.contains("it is an enum, whose values are the same for everybody"));
        assertThat(compile("Half", "@ActiveObject public abstract class Half {}"))
                .containsExactly(
                        "ERROR 1: class app.Half cannot be active: it is abstract; name a class that extends it,"
                                + " and this one by as(…)");
        assertThat(compile(
                        "Closed",
                        "@ActiveObject public sealed class Closed permits Only {} final class Only extends"
                                + " Closed {}"))
                .anyMatch(said -> said.contains("app.Closed is sealed"));
        assertThat(compile("Outer", """
                public class Outer {
                    @ActiveObject class Inner {}
                    @ActiveObject static class Nested {}
                    @ActiveObject private static class Hidden { Hidden() {} }
                }
                """))
                .containsExactly(
                        "ERROR 2: class app.Outer$Inner cannot be active: it is an inner class, which needs an enclosing"
                                + " object; make it static, or turn an object of it active",
                        "ERROR 4: class app.Outer$Hidden cannot be active: app.Outer$Hidden is private; call it through"
                                + " an interface that it implements: as(…)");
    }

    @Test // row 180
    public void whatIsNoClassIsAnErrorToo() {
        assertThat(compile("Mark", "@ActiveObject public @interface Mark { int value(); }"))
                .containsExactly("ERROR 1: class app.Mark cannot be active: it is an annotation");
        assertThat(compile(
                        "Either", "@ActiveObject public sealed interface Either { record One() implements Either {} }"))
                .containsExactly("ERROR 1: app.Either is sealed");
    }

    @Test
    public void whatDoesNotCompileIsLeftToTheCompiler() {
        assertThat(compile("Broken", """
                @ActiveObject public class Broken<T extends Nothing> extends Missing<T> implements Absent {
                    public Unknown unknown() throws Lost { return null; }
                    public Unknown[] several(Unknown first) { return null; }
                    public <X> X any(java.util.List<Unknown> all) { return null; }
                    public twice() {}
                }
                """)).isNotEmpty().noneMatch(said -> said.contains("Exception"));
        assertThat(compile("Typeless", """
                @ActiveObject public class Typeless extends Missing<String> {
                    Unknown field;
                    public Unknown unknown() throws Lost { return null; }
                    public Unknown[] several(Unknown first) { return null; }
                }
                """)).anyMatch(said -> said.contains("cannot find symbol"));
    }

    @Test // row 180
    public void aClassThatNobodyElseCanMakeIsAnErrorAtItsConstructor() {
        assertThat(compile("Single", """
                @ActiveObject public class Single {
                    private Single() {}
                }
                """))
                .containsExactly("ERROR 2: class app.Single cannot be active: its constructors are all private; give it"
                        + " one that is not");
    }

    @Test // row 180
    public void whatStubsDoNotStandForIsAnErrorWhereItIs() {
        assertThat(compile("Open", """
                class Base {
                    public final int inherited() { return 1; }
                }
                @ActiveObject public class Open extends Base {
                    public int value;
                    protected int less;
                    public final void last() {}
                    final void packaged() {}
                }
                """))
                .containsExactlyInAnyOrder(
                        "ERROR 4: stubs of app.Open do not intercept inherited: it is final" + REMEDY,
                        "ERROR 5: stubs of app.Open do not intercept value: it is a public field, and a stub's own is"
                                + " never set; make it private",
                        "ERROR 7: stubs of app.Open do not intercept last: it is final" + REMEDY,
                        "ERROR 8: stubs of app.Open do not intercept packaged: it is final" + REMEDY);
    }

    @Test
    public void whatWaitsIsANoteInTheWordsOfTheRuntime() {
        assertThat(compile("Slow", """
                class Box<T> {
                    public T item() { return null; }
                }
                @ActiveObject public class Slow<V> extends Box<java.util.List<V>> {
                    public int number() { return 1; }
                    public java.util.List<V> load() throws java.io.IOException { return null; }
                    public V own() { return null; }
                    public <X extends Exception> void odd() throws X {}
                    @Override public String toString() { return ""; }
                    public java.util.concurrent.Future<Integer> later() throws Exception { return null; }
                    public int[] array() { return null; }
                    public Object any() { return null; }
                    public Thread.State state() { return null; }
                }
                """))
                .containsExactly(
                        "NOTE 5: Slow.number is synchronous, because int is primitive",
                        "NOTE 6: Slow.load is synchronous, because it declares java.io.IOException; asynchronous inside"
                                + " a bracket that covers it",
                        "NOTE 7: Slow.own is synchronous, because its result type is the type variable V",
                        "NOTE 8: Slow.odd is synchronous, because it declares java.lang.Exception; asynchronous inside"
                                + " a bracket that covers it",
                        "NOTE 9: Slow.toString is synchronous, because class java.lang.String is final",
                        "NOTE 11: Slow.array is synchronous, because int[] is an array",
                        "NOTE 12: Slow.any is synchronous, because its result type is Object",
                        "NOTE 13: Slow.state is synchronous, because class java.lang.Thread$State is an enum");
    }

    @Test
    public void aResultThatCodeCouldUseWithoutWaitingIsANote() {
        assertThat(compile("Shop", """
                @ActiveObject public class Shop {
                    public static class Price { private int cents; static int made; private final int own() { return 1; } }
                    public static class Tag extends Price { int shown; }
                    public static class Offer { public final int price() { return 1; } }
                    public Price price() { return null; }
                    public Tag tag() { return null; }
                    public Offer offer() { return null; }
                    public java.math.BigDecimal sum() { return null; }
                    public java.util.ArrayList<Tag> tags() { return null; }
                }
                """))
                .containsExactly(
                        "NOTE 6: Shop.tag is synchronous, because field app.Shop$Tag.shown is not private: reading it"
                                + " would not wait",
                        "NOTE 7: Shop.offer is synchronous, because method app.Shop$Offer.price is final: calling it"
                                + " would not wait",
                        "NOTE 8: Shop.sum is synchronous, because java.math.BigDecimal belongs to the JDK, whose code"
                                + " would read its fields without waiting");
    }

    @Test
    public void aResultThatCannotBeRememberedIsAnError() {
        assertThat(compile("Forgetful", """
                @ActiveObject public interface Forgetful {
                    @Cache java.util.List<String> of(int number);
                    @Cache void nothing();
                    @Cache java.util.List<String> all();
                }
                """))
                .containsExactly(
                        "ERROR 2: of: @Cache remembers one result, and with parameters there may be many",
                        "ERROR 3: nothing: @Cache remembers a result, and it has none");
    }

    @Test
    public void writesNothing() throws IOException {
        compile("Plain", "@ActiveObject public class Plain {}");

        try (var files = Files.walk(output.getRoot().toPath())) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactly("Plain.class");
        }
    }
}
