package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import org.actium.object.api.Cache;
import org.actium.object.spi.MethodFacts;
import org.junit.Test;

/** The rules of {@code docs/semantics.md} §3, in their order. */
public class CallPlanTest {

    /** A type that can be stood in for. */
    public static class Ring {}

    /** A type that cannot. */
    public static final class Coin {}

    /** Nobody outside may extend it. */
    public abstract static sealed class Metal permits Gold {}

    /** The only one. */
    public static final class Gold extends Metal {}

    /** A method for each rule. */
    public abstract static class Everything<T, R extends Ring> {
        public abstract void tell();

        public abstract void tellOrFail() throws IOException, InterruptedException;

        public abstract void tellUnchecked() throws IllegalStateException, AssertionError;

        public abstract Future<Ring> future();

        public abstract CompletionStage<Integer> stage() throws IOException;

        public abstract CompletableFuture<Void> completable();

        public abstract ForkJoinTask<Ring> task();

        public abstract Ring ring();

        public abstract List<String> list();

        public abstract Ring ringOrFail() throws IOException;

        public abstract Coin coinOrFail() throws IOException;

        public abstract int number();

        public abstract int[] numbers();

        public abstract Metal metal();

        public abstract Thread.State state();

        public abstract Object anything();

        public abstract T item();

        public abstract R bounded();

        public abstract <M extends Ring> M found(Class<M> type);

        public abstract List<T> items();

        public final void last() {}
    }

    /** Says what its variables are. */
    public abstract static class Fixed extends Everything<List<String>, Ring> {}

    /** In two steps. */
    public abstract static class Half<X> extends Everything<X, Ring> {}

    /** The second one. */
    public abstract static class Whole extends Half<Ring> {}

    /** Inherits raw. */
    @SuppressWarnings("rawtypes")
    public abstract static class Raw extends Everything {}

    /** Wrong uses of the annotation. */
    public abstract static class WrongCaches {
        /** With a parameter. */
        public abstract static class One {
            @Cache
            public abstract Ring ring(int number);
        }

        /** Without a result. */
        public abstract static class Two {
            @Cache
            public abstract void nothing();
        }
    }

    private static String explain(Class<?> type, String method) {
        return Arrays.stream(type.getMethods())
                .filter(candidate -> candidate.getName().equals(method) && !candidate.isBridge())
                .findFirst()
                .map(found -> CallPlans.explain(type, found))
                .orElseThrow();
    }

    private static String explain(String method) {
        return explain(Everything.class, method);
    }

    @Test
    public void identityIsAnsweredByTheStubAndTextByTheObject() {
        assertThat(explain("equals"))
                .isEqualTo("Everything.equals is answered by the stub, which compares identities" + " and asks nobody");
        assertThat(explain("hashCode")).contains("answered by the stub");
        assertThat(explain("toString"))
                .isEqualTo("Everything.toString is synchronous, because class java.lang.String is final");
    }

    @Test
    public void whatDeclaresAFutureIsAsynchronousWhateverItThrows() {
        assertThat(List.of(explain("future"), explain("stage"), explain("completable")))
                .allMatch(why -> why.endsWith(" is asynchronous, with the future that the method declares"));
        assertThat(explain("task")).as("not one of the three").contains("is synchronous");
    }

    @Test // rows 25, 26
    public void withoutResultAndCheckedExceptionsACallIsOneWay() {
        assertThat(explain("tell"))
                .isEqualTo("Everything.tell is one-way, because it has neither result nor checked exceptions");
        assertThat(explain("tellUnchecked")).contains("one-way");
    }

    @Test // row 26
    public void checkedExceptionsNeedABracket() {
        assertThat(explain("tellOrFail"))
                .isEqualTo("Everything.tellOrFail is synchronous, because it declares java.io.IOException,"
                        + " java.lang.InterruptedException; asynchronous inside a bracket that covers them");
        assertThat(explain("ringOrFail")).endsWith("asynchronous inside a bracket that covers it");
        assertThat(explain("coinOrFail")).as("a bracket would not help").endsWith("Coin is final");
    }

    @Test // rows 25, 26, 27
    public void onlyWhatCanBeStoodInForIsATransparentFuture() {
        assertThat(explain("ring"))
                .isEqualTo("Everything.ring is asynchronous, with a transparent future for its result");
        assertThat(explain("list")).contains("is asynchronous");
        assertThat(explain("items")).contains("is asynchronous");
        assertThat(explain("number")).isEqualTo("Everything.number is synchronous, because int is primitive");
        assertThat(explain("numbers")).endsWith("int[] is an array");
        assertThat(explain("metal")).endsWith("Metal is sealed");
        assertThat(explain("state")).endsWith("Thread$State is an enum");
        assertThat(explain("anything")).endsWith("its result type is Object");
    }

    @Test // row 17
    public void aTypeVariableCountsAsWhatTheClassMakesOfIt() throws NoSuchMethodException {
        assertThat(explain("item")).endsWith("synchronous, because its result type is the type variable T");
        assertThat(explain("bounded")).endsWith("the type variable R");
        assertThat(explain(Fixed.class, "found")).endsWith("the type variable M");
        assertThat(explain(Raw.class, "item")).endsWith("the type variable T");
        assertThat(explain(Half.class, "item")).endsWith("the type variable T");
        assertThat(explain(Fixed.class, "item")).contains("is asynchronous");
        assertThat(explain(Whole.class, "item")).contains("is asynchronous");
        assertThat(CallPlan.of(Fixed.class, Everything.class.getMethod("item")).result())
                .isEqualTo(List.class);
        assertThat(CallPlan.of(Whole.class, Everything.class.getMethod("item")).result())
                .isEqualTo(Ring.class);
    }

    @Test
    public void whatStubsDoNotInterceptIsNotExplainedAway() throws NoSuchMethodException {
        assertThatThrownBy(() -> explain("last"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stubs of " + Everything.class.getName() + " do not intercept last: " + MethodFacts.FINAL);
        assertThatThrownBy(() -> CallPlans.explain(Ring.class, Everything.class.getMethod("tell")))
                .hasMessageContaining("has no method");
    }

    @Test
    public void onlyOneResultCanBeRemembered() {
        assertThatThrownBy(() -> CallPlans.of(WrongCaches.One.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ring: @Cache remembers one result, and with parameters there may be many");
        assertThatThrownBy(() -> CallPlans.of(WrongCaches.Two.class)).hasMessageContaining("and it has none");
    }
}
