package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyId;
import org.actium.object.api.Immediate;
import org.actium.object.api.SelfAsStub;
import org.actium.runtime.api.Node;
import org.actium.runtime.spi.Threads;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

@RunWith(Parameterized.class)
public class ContextTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public ContextTest(Setting setting) {
        grid = new Grid(setting);
    }

    public static class Witness {
        private volatile String ofOwnThread = "";

        public boolean isInActiveObject() {
            return ActiveContext.find().isPresent();
        }

        public void lookFromAThreadOfItsOwn() {
            ActiveContext context = ActiveContext.current();
            context.facility(Threads.class)
                    .run(() -> ofOwnThread = ActiveContext.find().isPresent() + " "
                            + context.request().isPresent() + " "
                            + context.caller(Witness.class).isPresent());
        }

        public String whatItsThreadSaw() {
            return ofOwnThread;
        }

        public Witness self() {
            return ActiveContext.current().self(Witness.class);
        }

        public BodyId id() {
            return ActiveContext.current().id();
        }

        public String request(int number) {
            ActiveContext context = ActiveContext.current();
            return describe(context) + " " + number;
        }

        @Immediate
        public String immediateRequest() {
            return describe(ActiveContext.current());
        }

        /** Sees its own request again after it served another one within. */
        public String outer(Witness self) {
            ActiveContext context = ActiveContext.current();
            self.note();
            context.service().blockingServeOldest(request -> request.method().equals("note"));
            return inner + ", " + describe(context);
        }

        private String inner = "";

        public void note() {
            inner = describe(ActiveContext.current());
        }

        private static String describe(ActiveContext context) {
            return context.request()
                    .map(request -> request.method() + request.parameterTypes())
                    .orElse("none");
        }

        public boolean hasCaller() {
            return ActiveContext.current().caller(Witness.class).isPresent();
        }

        public String askToBeCalledBack(Witness other) {
            return other.callBack();
        }

        public String callBack() {
            Caller caller = ActiveContext.current().caller(Caller.class).orElseThrow();
            caller.hear("called back");
            return "by "
                    + ActiveContext.current().request().orElseThrow().sender().orElseThrow();
        }
    }

    public static class Caller {
        private String heard = "nothing";

        public String call(Witness other) {
            return other.callBack();
        }

        public void hear(String what) {
            heard = what;
        }

        public String heard() {
            return heard;
        }

        public BodyId id() {
            return ActiveContext.current().id();
        }
    }

    private Witness witness() {
        return grid.objects().newActive(Witness.class).on(grid.node()).start();
    }

    @Test
    @Row(13)
    public void codeCanAskWhetherItRunsInAnActiveObject() {
        Witness witness = witness();

        assertThat(witness.isInActiveObject()).isTrue();
        assertThat(new Witness().isInActiveObject()).isFalse();
        assertThat(ActiveContext.find()).isEmpty();

        witness.lookFromAThreadOfItsOwn();
        grid.eventually(
                "its thread has looked", () -> !witness.whatItsThreadSaw().isEmpty());
        assertThat(witness.whatItsThreadSaw()).isEqualTo("false false false");
    }

    @Test
    @Row(19)
    public void anObjectGetsAStubOfItselfWhileItServesAndNobodyElseDoes() {
        Witness witness = witness();

        Witness self = witness.self();

        assertThat(self).isEqualTo(witness);
        assertThat(self.id()).isEqualTo(grid.objects().id(witness));
        assertThatThrownBy(ActiveContext::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not serve an active object");
    }

    @Test
    @Row(24)
    public void anObjectSeesTheRequestThatItServes() {
        Witness witness = witness();

        assertThat(witness.request(7)).isEqualTo("request[int] 7");
        assertThat(witness.outer(witness)).isEqualTo("note[], outer[class " + Witness.class.getName() + "]");
        assertThat(witness.hasCaller())
                .as("a thread that serves no object has no stub")
                .isFalse();
    }

    @Test
    @Row(24)
    public void anImmediateServiceSeesItsOwnRequest() {
        assertThat(witness().immediateRequest()).isEqualTo("immediateRequest[]");
    }

    @Test
    @Row(24)
    public void anObjectCallsBackWhoeverCalls() {
        Caller caller = grid.objects().newActive(Caller.class).on(grid.node(1)).start();

        assertThat(caller.call(witness())).isEqualTo("by " + caller.id());
        assertThat(caller.heard()).isEqualTo("called back");
    }

    public static class Plain implements Serializable {
        private static final long serialVersionUID = 1;
        private int count;

        public Optional<Plain> itself() {
            return Optional.of(this);
        }

        public int handTo(Plain other) {
            return other.countOf(this);
        }

        public int countOf(Plain other) {
            return other.count();
        }

        public int count() {
            return ++count;
        }
    }

    @SelfAsStub
    public static class HandsOutStubs implements Serializable {
        private static final long serialVersionUID = 1;
        private String note = "";

        public Optional<HandsOutStubs> itself() {
            return Optional.of(this);
        }

        @Immediate
        public HandsOutStubs[] atOnce() {
            return new HandsOutStubs[] {this};
        }

        public void handTo(Holder holder) {
            holder.keep(this);
        }

        public void note(String what) {
            note = what;
        }

        public String read() {
            return note;
        }
    }

    public static class Holder {
        private HandsOutStubs kept;

        public void keep(HandsOutStubs given) {
            kept = given;
        }

        public HandsOutStubs kept() {
            return kept;
        }
    }

    @Test
    @Row(20)
    public void whoeverWantsToHandsOutAStubInsteadOfItself() {
        HandsOutStubs object =
                grid.objects().newActive(HandsOutStubs.class).on(grid.node()).start();
        Holder holder = grid.objects().newActive(Holder.class).on(grid.node(2)).start();

        HandsOutStubs result = object.itself().orElseThrow();
        object.handTo(holder);
        grid.eventually("it was handed on", () -> grid.objects().isActive(holder.kept()));

        assertThat(result).as("as a result").isEqualTo(object);
        assertThat(object.atOnce()[0]).as("as a result of an immediate service").isEqualTo(object);
        assertThat(holder.kept()).as("as an argument").isEqualTo(object);
        result.note("one");
        assertThat(object.read()).isEqualTo("one");
    }

    /** Wants it because its parent does; hands itself out in every way there is. */
    public static class Heir extends HandsOutStubs {
        private static final long serialVersionUID = 1;

        public CompletableFuture<HandsOutStubs> promised() {
            return CompletableFuture.completedFuture(this);
        }

        public List<Object> nested() {
            return List.of(Map.of("key", new Object[] {this, null}), Optional.of(this));
        }

        public Keeper keeper(Node node) {
            return ActiveContext.current()
                    .objects()
                    .newActive(Keeper.class, List.of(this))
                    .on(node)
                    .start();
        }

        public boolean isSame(Heir other) {
            return ActiveContext.current().objects().isActive(other) && other.equals(self());
        }

        public HandsOutStubs self() {
            return ActiveContext.current().self(HandsOutStubs.class);
        }

        public boolean returned(Holder holder) {
            holder.keep(this);
            return self().equals(holder.kept());
        }
    }

    /** Gets what it keeps when it is made. */
    public static class Keeper {
        private final List<HandsOutStubs> kept;

        public Keeper(List<HandsOutStubs> kept) {
            this.kept = kept;
        }

        public List<HandsOutStubs> kept() {
            return kept;
        }
    }

    @Test
    @Row(20)
    public void aStubTakesItsPlaceWhereverItHandsItselfOut() throws Exception {
        Heir object = grid.objects().newActive(Heir.class).on(grid.node()).start();
        Holder holder = grid.objects().newActive(Holder.class).on(grid.node(2)).start();

        assertThat(object.promised().get()).as("in a promise").isEqualTo(object);
        List<Object> nested = object.nested();
        Object[] array = (Object[]) ((Map<?, ?>) nested.get(0)).get("key");
        assertThat(array).as("deep in a result").containsExactly(object, null);
        assertThat(((Optional<?>) nested.get(1)).orElseThrow()).as("twice").isEqualTo(object);
        assertThat(object.keeper(grid.node(1)).kept())
                .as("as an argument of a constructor")
                .hasSize(1)
                .allMatch(object::equals);
        assertThat(object.isSame(object)).as("back at itself").isTrue();
        assertThat(object.returned(holder)).as("there and back").isTrue();
    }

    @Test
    @Row(20)
    public void whoeverDoesNotWantToHandsOutCopies() {
        Plain object = grid.objects().newActive(Plain.class).on(grid.node()).start();

        Plain copy = object.itself().orElseThrow();

        assertThat(grid.objects().isActive(copy)).isFalse();
        copy.count();
        assertThat(object.count()).as("the object itself was not counted up").isEqualTo(1);
    }

    @Test
    public void whatNobodyOffersIsNamed() {
        Unhelped object =
                grid.objects().newActive(Unhelped.class).on(grid.node()).start();

        assertThatThrownBy(object::ask)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("asks for " + Runnable.class.getName());
    }

    public static class Unhelped {
        public String ask() {
            return ActiveContext.current().facility(Runnable.class).toString();
        }
    }
}
