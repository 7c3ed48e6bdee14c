package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actium.codec.api.CodecException;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.CreationException;
import org.actium.object.api.Immediate;
import org.actium.object.api.RemoteFailureException;
import org.actium.object.api.RequestFilter;
import org.actium.object.api.Service;
import org.actium.runtime.api.Node;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** What cannot travel, is missing, or is not there: the caller is told what and where, and the object goes on. */
@RunWith(Parameterized.class)
public class BadInputTest {

    /** The way to what cannot travel, below the value that is passed. */
    private static final String WAY_IN = "content[0].content (java.lang.Object) is not serializable";

    private static final String WAY = "." + WAY_IN;

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    private final Setting setting;

    @Rule
    public final Grid grid;

    public BadInputTest(Setting setting) {
        this.setting = setting;
        grid = new Grid(setting);
    }

    /** Carries anything, also what cannot travel. */
    public static class Parcel implements Serializable {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // that is the point
        private final Object content;

        public Parcel(Object content) {
            this.content = content;
        }

        public Object content() {
            return content;
        }
    }

    /** A failure that carries anything. */
    public static class Ragged extends RuntimeException {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // that is the point
        private final Object baggage;

        Ragged(Object baggage, Throwable cause) {
            super("ragged", cause);
            this.baggage = baggage;
        }

        public Object baggage() {
            return baggage;
        }
    }

    /** A failure that nobody can read. */
    public static class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable() {
            super("unreadable");
        }

        private void readObject(ObjectInputStream in) {
            throw new IllegalStateException("nobody can read this");
        }
    }

    /** A failure that fails when it is asked what it is. */
    public static class Speechless extends RuntimeException {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // that is the point
        private final Object baggage = new Object();

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }

        public Object baggage() {
            return baggage;
        }
    }

    /** How a method of {@link Desk} fails. */
    public enum Failure {
        NOT_SERIALIZABLE,
        CAUSE_NOT_SERIALIZABLE,
        NOT_READABLE,
        CLASS_MISSING,
        SPEECHLESS;

        RuntimeException make() {
            return switch (this) {
                case NOT_SERIALIZABLE -> new Ragged(new Object(), null);
                case CAUSE_NOT_SERIALIZABLE -> new Ragged("harmless", new Ragged(new Object(), null));
                case NOT_READABLE -> new Unreadable();
                case CLASS_MISSING -> (RuntimeException) Stranger.throwable();
                case SPEECHLESS -> new Speechless();
            };
        }

        /** What the caller reads, if it gets no more than a description. */
        String description() {
            return switch (this) {
                case NOT_SERIALIZABLE, CAUSE_NOT_SERIALIZABLE -> Ragged.class.getName() + ": ragged";
                case NOT_READABLE -> Unreadable.class.getName() + ": unreadable";
                case CLASS_MISSING -> Stranger.THROWABLE;
                case SPEECHLESS -> Speechless.class.getName();
            };
        }
    }

    /** A method of every kind. */
    public static class Desk implements Serializable {
        private static final long serialVersionUID = 1;
        private final List<String> noted = new ArrayList<>();

        @SuppressWarnings("serial") // that is the point
        private final Object belongings;

        public Desk() {
            this("pen");
        }

        public Desk(Object belongings) {
            this.belongings = belongings;
        }

        static Parcel bad() {
            return new Parcel(List.of(new Parcel(new Object())));
        }

        public void drop(Parcel parcel) {
            noted.add("dropped");
        }

        public int weigh(Parcel parcel) {
            return parcel == null ? 0 : 1;
        }

        public Parcel echo(Parcel parcel) {
            return parcel;
        }

        public CompletableFuture<Parcel> echoLater(Parcel parcel) {
            return CompletableFuture.completedFuture(parcel);
        }

        @Immediate
        public Parcel echoAtOnce(Parcel parcel) {
            return parcel;
        }

        public Parcel badParcel() {
            return bad();
        }

        public Parcel[] badParcelNow() {
            return new Parcel[] {bad()};
        }

        public CompletableFuture<Parcel> badPromise() {
            CompletableFuture<Parcel> promise = new CompletableFuture<>();
            ActiveContext.current().futures().whenKnown("now", _ -> promise.complete(bad()));
            return promise;
        }

        @Immediate
        public Parcel badAtOnce() {
            return bad();
        }

        public void failOneWay(Failure how) {
            ActiveContext.current()
                    .onFailure(failure -> noted.add(failure.cause().getClass().getSimpleName()));
            ActiveContext.current().self(Desk.class).throwIt(how);
        }

        public void throwIt(Failure how) {
            throw how.make();
        }

        public int failNow(Failure how) {
            throw how.make();
        }

        public Parcel fail(Failure how) {
            throw how.make();
        }

        public CompletableFuture<Parcel> failPromise(Failure how) {
            return CompletableFuture.failedFuture(how.make());
        }

        @Immediate
        public Parcel failAtOnce(Failure how) {
            throw how.make();
        }

        public Parcel throwNothing() {
            RuntimeException nothing = null;
            throw nothing;
        }

        public Parcel throwWithoutWords() {
            throw new IllegalStateException((String) null, null);
        }

        public String text(String text) {
            return text;
        }

        public List<Object> all(Object one, Object[] some, int[][] numbers) {
            return Arrays.asList(one, some, numbers);
        }

        public String varied(String first, String... others) {
            return first + " and " + (others == null ? "none" : others.length + " others " + Arrays.asList(others));
        }

        public boolean isNothing(Desk other, Node node, List<Parcel> parcels) {
            return other == null && node == null && parcels.size() == 1 && parcels.getFirst() == null;
        }

        public boolean isNothing(Parcel pending) {
            return pending == null || ActiveContext.current().futures().isNull(pending);
        }

        public CompletableFuture<Parcel> promiseOfNothing() {
            return CompletableFuture.completedFuture(null);
        }

        public CompletableFuture<Parcel> noPromise() {
            return null;
        }

        public Object stranger() {
            return Stranger.object();
        }

        public List<Object> strangers() {
            return List.of(Stranger.object());
        }

        public int count() {
            return noted.size();
        }

        public List<String> noted() {
            return noted;
        }

        public Object belongings() {
            return belongings;
        }
    }

    private Desk desk() {
        return grid.objects().newActive(Desk.class).on(grid.node()).start();
    }

    private static void assertGoesOn(Desk desk) {
        assertThat(desk.text("still there")).isEqualTo("still there");
    }

    private static void assertRefusedAtTheCall(ThrowingCallable call, String way) {
        assertThatThrownBy(call).isInstanceOf(CodecException.class).hasMessageContaining(way);
    }

    private static final String REMEDY =
            "; let its class implement java.io.Serializable, or leave it out: a transient field does not travel";

    @Test
    @Row(named = "bad input")
    public void whatCannotTravelIsToldInTheSameWordsWhereverTheObjectIs() {
        Desk desk = grid.objects()
                .newActive(Desk.class)
                .on(grid.node())
                .named("desk of all")
                .start();

        assertThatThrownBy(() -> desk.weigh(Desk.bad()))
                .hasMessage("Desk.weigh(Parcel) on desk of all was not sent; its arguments cannot be passed on: "
                        + "argument 1 (of 1): " + WAY_IN + REMEDY);
        assertThatThrownBy(() -> desk.all(null, new Object[] {new Object()}, null))
                .hasMessage("Desk.all(Object, Object[], int[][]) on desk of all was not sent; its arguments cannot be"
                        + " passed on: argument 2 (of 3): [0] (java.lang.Object) is not serializable" + REMEDY);
        assertThatThrownBy(desk.badParcel()::content)
                .hasMessage("Desk.badParcel() on desk of all was served, but its result cannot be passed on: value"
                        + WAY + REMEDY);
        assertThatThrownBy(() -> desk.failNow(Failure.NOT_SERIALIZABLE))
                .hasMessage(Ragged.class.getName() + ": ragged (thrown by Desk.failNow(Failure) on desk of all; the"
                        + " exception itself could not be passed on: value.baggage (java.lang.Object) is not"
                        + " serializable" + REMEDY + ")");
        assertThatThrownBy(() -> desk.failNow(Failure.NOT_READABLE))
                .hasMessage(Unreadable.class.getName() + ": unreadable (thrown by Desk.failNow(Failure) on desk of all;"
                        + " the exception itself could not be passed on: the message could not be read: nobody can read"
                        + " this)");
    }

    @Test
    @Row(named = "bad input")
    public void anArgumentThatCannotTravelIsAnErrorAtTheCallWithTheWayToIt() {
        Desk desk = desk();
        Parcel bad = new Parcel(List.of(new Parcel(new Object())));
        String way = "argument 1 (of 1): " + WAY_IN;

        assertRefusedAtTheCall(() -> desk.drop(bad), way);
        assertRefusedAtTheCall(() -> desk.weigh(bad), way);
        assertRefusedAtTheCall(() -> desk.echo(bad), way);
        assertRefusedAtTheCall(() -> desk.echoLater(bad), way);
        assertRefusedAtTheCall(() -> desk.echoAtOnce(bad), way);
        assertRefusedAtTheCall(() -> grid.futures().async(() -> desk.weigh(bad)), way);
        assertRefusedAtTheCall(() -> desk.all(null, new Object[] {"a", new Object()}, null), "argument 2 (of 3): [1]");
        assertRefusedAtTheCall(
                () -> desk.all(new Object(), null, null), "argument 1 (of 3) (java.lang.Object) is not serializable");

        assertThat(desk.count()).as("nothing arrived").isZero();
    }

    @Test
    @Row(named = "bad input")
    public void whatAnObjectIsMadeOfMustTravelToo() {
        Object useless = new Object();

        assertRefusedAtTheCall(
                () -> grid.objects()
                        .newActive(Desk.class, useless)
                        .on(grid.node())
                        .start(),
                "java.lang.Object");
        ThrowingCallable turning = () ->
                grid.objects().turnActive(new Desk(useless)).on(grid.node()).start();
        if (setting == Setting.ONE_RUNTIME) {
            assertThat(grid.objects()
                            .turnActive(new Desk(useless))
                            .on(grid.node())
                            .start()
                            .count())
                    .as("it does not travel")
                    .isZero();
        } else {
            assertRefusedAtTheCall(turning, ".belongings (java.lang.Object) is not serializable");
        }
    }

    private static void assertRefused(ThrowingCallable use, String way) {
        assertThatThrownBy(use).isInstanceOf(CallRefusedException.class).hasMessageContaining(way);
    }

    @Test
    @Row(named = "bad input")
    public void aResultThatCannotTravelIsTheOutcomeOfTheCallWithTheWayToIt() {
        Desk desk = desk();

        assertRefused(desk.badParcel()::content, "value" + WAY);
        assertRefused(desk::badParcelNow, "value[0]" + WAY);
        assertRefused(desk.badAtOnce()::content, "value" + WAY);
        assertThatThrownBy(desk.badPromise()::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining("value" + WAY);
        assertGoesOn(desk);
    }

    private static void assertDescribed(Failure how, Throwable failed) {
        assertThat(failed)
                .as("%s", how)
                .isInstanceOf(RemoteFailureException.class)
                .hasMessageContaining(how.description())
                .satisfies(told -> assertThat(told.getStackTrace())
                        .extracting(StackTraceElement::getMethodName)
                        .contains("make"));
    }

    private static Throwable thrownBy(ThrowingCallable use) {
        try {
            use.call();
        } catch (Throwable failed) {
            return failed instanceof CompletionException ? failed.getCause() : failed;
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    @Row(named = "bad input")
    public void anExceptionThatCannotBePassedOnIsDescribedWithItsStack() {
        Desk desk = desk();
        for (Failure how : Failure.values()) {
            if (how == Failure.CLASS_MISSING && setting == Setting.ONE_RUNTIME) {
                continue; // there is no side on which it is missing
            }
            assertDescribed(how, thrownBy(() -> desk.failNow(how)));
            assertDescribed(how, thrownBy(desk.fail(how)::content));
            assertDescribed(how, thrownBy(desk.failAtOnce(how)::content));
            assertDescribed(how, thrownBy(desk.failPromise(how)::join));
        }
        assertGoesOn(desk);
    }

    @Test
    @Row(named = "bad input")
    public void anExceptionOfAOneWayCallReachesItsListenersWhateverItIs() {
        for (Failure how : Failure.values()) {
            Desk desk = desk();

            desk.failOneWay(how);

            grid.eventually("the listener is told of " + how, () -> desk.count() == 1);
            assertGoesOn(desk);
        }
    }

    @Test
    @Row(value = 56, named = "bad input")
    public void anExceptionWithNothingInItIsPassedOn() {
        Desk desk = desk();

        assertThatThrownBy(desk.throwNothing()::content).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(desk.throwWithoutWords()::content)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(null)
                .hasNoCause();
        assertGoesOn(desk);
    }

    @Test
    @Row(named = "bad input")
    public void nullIsAnArgumentLikeAnyOther() {
        Desk desk = desk();

        assertThat(desk.text(null)).isNull();
        assertThat(desk.weigh(null)).isZero();
        desk.drop(null);
        assertThat(desk.count()).isEqualTo(1);
        assertThat(desk.all(null, null, null)).containsExactly(null, null, null);
        assertThat(desk.all("a", new Object[] {null}, new int[][] {null, {1}})).hasSize(3);
        assertThat(desk.isNothing(null, null, Arrays.asList((Parcel) null))).isTrue();
        assertThat(desk.equals(null)).isFalse();
    }

    @Test
    @Row(named = "bad input")
    public void nullsAmongAnyNumberOfArgumentsStayWhereTheyAre() {
        Desk desk = desk();

        assertThat(desk.varied("a")).isEqualTo("a and 0 others []");
        assertThat(desk.varied("a", (String) null)).isEqualTo("a and 1 others [null]");
        assertThat(desk.varied("a", null, "c")).isEqualTo("a and 2 others [null, c]");
        assertThat(desk.varied(null, (String[]) null)).isEqualTo("null and none");
    }

    @Test
    @Row(named = "bad input")
    public void nullIsAResultLikeAnyOther() {
        Desk desk = desk();

        Parcel nothing = desk.echo(null);

        assertThat(grid.futures().isNull(nothing)).isTrue();
        assertThat(grid.futures().value(nothing)).isNull();
        assertThatThrownBy(nothing::content)
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("echo")
                .hasMessageContaining("content");
        assertThat(desk.isNothing(desk.echo(null))).as("handed on").isTrue();
        assertThat(grid.futures().isNull(desk.echoAtOnce(null))).isTrue();
        assertThat(desk.promiseOfNothing().join()).isNull();
        assertThat(desk.echoLater(null).join()).isNull();
        assertThat(grid.futures().async(() -> desk.text(null)).join()).isNull();
        assertThat(new Parcel(desk.echo(new Parcel(null)).content()).content()).isNull();
        assertGoesOn(desk);
    }

    @Test
    @Row(named = "bad input")
    public void aMethodThatPromisesAFutureAndReturnsNoneHasAnOutcome() {
        Desk desk = desk();

        assertThat(desk.noPromise().join()).isNull();
        assertGoesOn(desk);
    }

    private static void assertNamed(String argument, ThrowingCallable call) {
        assertThatThrownBy(call)
                .as("%s is null", argument)
                .isInstanceOf(NullPointerException.class)
                .hasMessageStartingWith(argument + ": ");
    }

    @Test
    @Row(named = "bad input")
    public void aPositionBesideTheListIsNamedWithTheListsSize() {
        assertThatThrownBy(() -> grid.futures().waitForNth(List.of(desk().echo(null)), 1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("there is no future at position 1 of a list of 1; the first is at 0, the last at 0");
    }

    @Test
    @Row(named = "bad input")
    public void aFutureOfACallSaysWhoseItIsAndHowFar() {
        CompletableFuture<Parcel> later = grid.objects()
                .newActive(Desk.class)
                .on(grid.node())
                .named("writing desk")
                .start()
                .echoLater(new Parcel("a"));

        later.join();

        assertThat(later.toString())
                .matches("future [0-9a-f]{8}-f[0-9]+ of Desk\\.echoLater\\(Parcel\\) on writing desk: arrived");
    }

    @Test
    @Row(named = "bad input")
    public void nullWhereSomethingIsNeededIsRefusedAtOnce() {
        Desk desk = desk();
        Class<Desk> noClass = null;
        Desk noDesk = null;
        Node noNode = null;
        String noText = null;

        List<Parcel> noParcels = null;
        Duration noLimit = null;

        assertNamed("type", () -> grid.objects().newActive(noClass));
        assertNamed("object", () -> grid.objects().turnActive(noDesk));
        assertNamed("node", () -> grid.objects().newActive(Desk.class).on(noNode));
        assertNamed("name", () -> grid.objects().newActive(Desk.class).named(noText));
        assertNamed("activity", () -> grid.objects().newActive(Desk.class).activity(null));
        assertNamed("type", () -> grid.objects().newActive(Desk.class).as(noClass));
        assertNamed("nodes", () -> grid.objects().newActiveOnEach(null, Desk.class));
        assertNamed("when", () -> grid.objects().terminate(desk, null));
        assertNamed("limit", () -> grid.objects().ping(desk, null));
        assertNamed("node", () -> grid.objects().objectsOn(noNode));
        assertNamed("type", () -> grid.objects().stubsOn(grid.node(), noClass));
        assertNamed("type", () -> grid.objects().explain(noClass, null));
        assertNamed("limit", () -> grid.objects().withLimit(desk, null));
        assertNamed("limit", () -> grid.objects().within(null, () -> desk.text("")));
        assertNamed("calls", () -> grid.objects().within(Duration.ofSeconds(1), null));
        assertNamed("exceptions", () -> grid.objects().bracket(noClass));
        assertNamed("listener", () -> grid.objects().onFailure(null));
        assertNamed("listener", () -> grid.objects().onFailure(desk, null));
        assertNamed("limit", () -> grid.futures().waitFor(desk.echo(null), noLimit));
        assertNamed("futures", () -> grid.futures().waitForAll(noParcels));
        assertNamed("futures", () -> grid.futures().waitForAny(noParcels));
        assertNamed("futures", () -> grid.futures().allAwaited(noParcels));
        assertNamed("limit", () -> grid.futures().waitForAny(List.of(desk.echo(null)), noLimit));
        assertNamed("action", () -> grid.futures().whenKnown(desk.echo(null), null));
        assertNamed("call", () -> grid.futures().async((Callable<?>) null));
        assertNamed("future", () -> grid.futures().list().add(null));
        assertNamed("methods", () -> RequestFilter.named(noText));
        assertNamed("sender", () -> RequestFilter.from(null));
        assertNamed("nameOrUrl", () -> grid.names().register(noText, desk));
        assertNamed("nameOrUrl", () -> grid.names().registerOrReplace(noText, desk));
        assertNamed("stub", () -> grid.names().register("desk", null));
        assertNamed("type", () -> grid.names().lookup(noClass, "desk"));
        assertNamed("nameOrUrl", () -> grid.names().lookup(Desk.class, noText));
        assertNamed("nameOrUrl", () -> grid.names().node(noText));
        assertNamed("nameOrUrl", () -> grid.names().unregister(noText));
        assertNamed("runtimeUrl", () -> grid.names().list(noText));
        assertNamed("stub", () -> grid.names().url(null));
        assertGoesOn(desk);
    }

    /** Passes nothing where its context and its service need something. */
    public static class Careless {

        /** What each of them says is missing. */
        public String complaints() {
            ActiveContext context = ActiveContext.current();
            Service service = context.service();
            return Stream.<Runnable>of(
                            () -> context.self(null),
                            () -> context.caller(null),
                            () -> context.facility(null),
                            () -> context.onFailure(null),
                            () -> service.hasRequest(null),
                            () -> service.serveOldest(null),
                            () -> service.serveYoungest(null),
                            () -> service.blockingServeOldest(null),
                            () -> service.blockingRemoveYoungest(null),
                            () -> service.flushingServeOldest(null),
                            () -> service.serveAll(null),
                            () -> service.flush(null),
                            () -> service.oldest(null),
                            () -> service.removeYoungest(null),
                            () -> service.waitForRequest(null),
                            () -> service.blockingServeOldest(RequestFilter.ANY, null),
                            () -> service.serve(null),
                            () -> service.answer(null, new IllegalStateException("unanswered")),
                            () -> service.answer(context.request().orElseThrow(), null))
                    .map(Careless::complaint)
                    .collect(Collectors.joining(" "));
        }

        private static String complaint(Runnable call) {
            try {
                call.run();
                return "none";
            } catch (NullPointerException named) {
                return named.getMessage().replaceFirst(": \\w.*", "");
            }
        }
    }

    @Test
    @Row(named = "bad input")
    public void nullWhereAContextNeedsSomethingIsRefusedAtOnce() {
        Careless careless =
                grid.objects().newActive(Careless.class).on(grid.node()).start();

        assertThat(careless.complaints())
                .isEqualTo("type type type listener" + " which".repeat(10) + " limit limit request request failure");
        assertThat(careless.complaints()).as("it goes on").startsWith("type");
    }

    @Test
    @Row(named = "bad input")
    public void aClassThatIsMissingAtTheObjectIsAnOutcomeThatNamesIt() {
        Desk desk = desk();
        Parcel parcel = new Parcel(Stranger.object());

        if (setting == Setting.ONE_RUNTIME) {
            assertThat(desk.weigh(parcel)).as("nothing is missing").isEqualTo(1);
            return;
        }
        assertRefused(() -> desk.weigh(parcel), Stranger.OBJECT);
        assertRefused(desk.echo(parcel)::content, Stranger.OBJECT);
        assertRefused(desk.echoAtOnce(parcel)::content, Stranger.OBJECT);
        desk.drop(parcel);
        assertThat(desk.count()).as("what could not be read was not served").isZero();
    }

    @Test
    @Row(named = "bad input")
    public void aClassThatIsMissingAtTheCallerIsAnOutcomeThatNamesIt() {
        Desk desk = desk();

        if (setting == Setting.ONE_RUNTIME) {
            assertThat(desk.stranger()).as("nothing is missing").isInstanceOf(Serializable.class);
            return;
        }
        assertRefused(desk::stranger, Stranger.OBJECT);
        assertRefused(() -> desk.strangers().size(), Stranger.OBJECT);
        assertGoesOn(desk);
    }

    @Test
    @Row(named = "bad input")
    public void anObjectWhoseClassIsMissingElsewhereIsNotCreatedThere() {
        if (setting == Setting.ONE_RUNTIME) {
            assertThat(grid.objects()
                            .newActive(Stranger.object().getClass())
                            .on(grid.node())
                            .start())
                    .as("nothing is missing")
                    .isNotNull();
            return;
        }
        assertThatThrownBy(() -> grid.objects()
                        .newActive(Stranger.object().getClass())
                        .on(grid.node())
                        .start())
                .isInstanceOf(CreationException.class)
                .hasMessageContaining(Stranger.OBJECT);
    }

    /** The compiler does not let a checked exception out of a method that does not declare it; a loader does. */
    public static class Sneaky {
        public Parcel fail() {
            throw Sneaky.<RuntimeException>sneak(new IOException("undeclared"));
        }

        @SuppressWarnings("unchecked") // that is the point
        private static <T extends Throwable> RuntimeException sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    @Test
    @Row(value = 56, named = "bad input")
    public void anExceptionThatAMethodDoesNotDeclareReachesItsCallerToo() {
        Sneaky sneaky = grid.objects().newActive(Sneaky.class).on(grid.node()).start();

        assertThatThrownBy(sneaky.fail()::content).hasMessageContaining("undeclared");
    }
}
