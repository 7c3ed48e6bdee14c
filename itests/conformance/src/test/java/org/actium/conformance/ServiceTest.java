package org.actium.conformance;

import static org.actium.object.api.RequestFilter.from;
import static org.actium.object.api.RequestFilter.method;
import static org.actium.object.api.RequestFilter.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.CallRefusedException;
import org.actium.object.api.ReceivedRequest;
import org.actium.object.api.RunActive;
import org.actium.object.api.Service;
import org.actium.object.api.Termination;
import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

@RunWith(Parameterized.class)
public class ServiceTest {

    @Parameters(name = "{0}")
    public static Object[] settings() {
        return Setting.values();
    }

    @Rule
    public final Grid grid;

    public ServiceTest(Setting setting) {
        grid = new Grid(setting);
    }

    private Desk desk(Desk.Way way) {
        return grid.objects().newActive(Desk.class, way).on(grid.node()).start();
    }

    /**
     * Takes papers; when it is opened it deals with them in its own way, then goes on with what comes, oldest first.
     */
    public static class Desk implements Serializable, RunActive {
        private static final long serialVersionUID = 1;

        /** How it serves what has piled up. */
        public enum Way {
            YOUNGEST_FIRST {
                @Override
                void serve(Service service) {
                    while (service.serveYoungest(named("put"))) {}
                }
            },
            BOTH_ENDS {
                @Override
                void serve(Service service) {
                    while (service.serveYoungest(named("put")) && service.serveOldest(named("put"))) {}
                }
            },
            NUMBERS_THEN_URGENT {
                @Override
                void serve(Service service) {
                    service.serveAll(method("put", int.class));
                    service.serveAll(request -> request.arguments().contains("urgent"));
                    service.serveAll(method("put", String.class));
                }
            },
            LATEST_ONLY {
                @Override
                void serve(Service service) {
                    service.flushingServeYoungest(named("put"));
                }
            },
            EARLIEST_ONLY {
                @Override
                void serve(Service service) {
                    service.flushingServeOldest(named("put", "paper"));
                }
            },
            NOTHING {
                @Override
                void serve(Service service) {
                    service.flush(named("put", "paper"));
                }
            },
            REFUSE_PAPERS {
                @Override
                void serve(Service service) {
                    while (service.hasRequest(named("paper"))) {
                        ReceivedRequest request =
                                service.removeOldest(named("paper")).orElseThrow();
                        service.answer(
                                request,
                                new IllegalStateException(
                                        "no papers, " + request.arguments().getFirst()));
                    }
                }
            },
            TAKE_OUT_AND_SERVE_LATER {
                @Override
                void serve(Service service) {
                    ReceivedRequest first = service.blockingRemoveOldest(named("put"));
                    ReceivedRequest last = service.blockingRemoveYoungest(named("put"), Duration.ZERO)
                            .orElseThrow();
                    service.serveAll(named("put"));
                    service.serve(last);
                    service.serve(first);
                }
            },
            TAKE_OUT_AND_FORGET {
                @Override
                void serve(Service service) {
                    service.removeOldest(named("paper"));
                }
            };

            abstract void serve(Service service);
        }

        private final Way way;
        private final List<String> dealtWith = new ArrayList<>();

        public Desk(Way way) {
            this.way = way;
        }

        @Override
        public void runActivity(ActiveContext context) {
            Service service = context.service();
            service.blockingServeOldest(named("open"));
            way.serve(service);
            service.fifoServing();
        }

        public boolean open() {
            return true;
        }

        public void put(String paper) {
            dealtWith.add(paper);
        }

        public void put(int number) {
            dealtWith.add("#" + number);
        }

        public Paper paper(String text) {
            dealtWith.add(text);
            return new Paper(text);
        }

        public String dealtWith() {
            return String.join(" ", dealtWith);
        }
    }

    public static class Paper implements Serializable {
        private static final long serialVersionUID = 1;
        private final String text;

        public Paper(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** Looks at what has piled up, and deals with it, all within one request. */
    public static class Sorter implements RunActive {
        private final List<String> dealtWith = new ArrayList<>();

        @Override
        public void runActivity(ActiveContext context) {
            context.service().blockingServeOldest(named("sort"));
            context.service().fifoServing();
        }

        public void put(String paper) {
            dealtWith.add(paper);
        }

        public String sort() {
            Service service = ActiveContext.current().service();
            String seen = service.requestCount() + " from "
                    + service.oldest(named("put")).map(Sorter::paper).orElseThrow() + " to "
                    + service.youngest(named("put")).map(Sorter::paper).orElseThrow();
            service.blockingServeYoungest();
            service.blockingServeYoungest(named("put"));
            boolean served = service.blockingServeYoungest(named("sort"), Duration.ZERO);
            ReceivedRequest taken = service.removeYoungest(named("put")).orElseThrow();
            service.serveOldest();
            service.serve(taken);
            return seen + ": " + String.join(" ", dealtWith) + (served ? "" : ", ") + service.requestCount();
        }

        private static String paper(ReceivedRequest request) {
            return (String) request.arguments().getFirst();
        }
    }

    /** Chooses by a filter that throws, and goes on or not. */
    public static class Fussy implements RunActive {
        private final boolean goesOn;
        private final List<String> heard = new ArrayList<>();

        public Fussy(boolean goesOn) {
            this.goesOn = goesOn;
        }

        @Override
        public void runActivity(ActiveContext context) {
            Service service = context.service();
            service.blockingServeOldest(named("open"));
            try {
                service.serveOldest(request -> {
                    throw new IllegalStateException("no taste for " + request.method());
                });
            } catch (IllegalArgumentException told) {
                if (!goesOn) {
                    throw told;
                }
                heard.add(told.getMessage());
            }
            service.fifoServing();
        }

        public void open() {}

        public void put(String word) {
            heard.add(word);
        }

        public List<String> heard() {
            return heard;
        }
    }

    @Test
    @Row(named = "bad input")
    public void aFilterThatThrowsEndsTheServingAndLeavesTheQueueAsItIs() {
        Fussy patient = grid.objects()
                .newActive(Fussy.class, true)
                .named("patient")
                .on(grid.node())
                .start();
        patient.put("a");
        patient.open();

        assertThat(patient.heard())
                .containsExactly(
                        "the filter with which patient chooses requests threw java.lang.IllegalStateException: no taste"
                                + " for put at put; nothing was served, and everything stays queued",
                        "a");
    }

    @Test
    @Row(named = "bad input")
    public void anActivityThatLetsItPassEndsItsObjectAsWithAnyException() {
        Fussy fussy = grid.objects()
                .newActive(Fussy.class, false)
                .named("fussy")
                .on(grid.node())
                .start();
        fussy.put("a");
        fussy.open();

        assertThatThrownBy(() -> fussy.heard().size())
                .isInstanceOf(BodyTerminatedException.class)
                .hasStackTraceContaining("java.lang.IllegalStateException: no taste for put at put");
    }

    @Test
    public void anObjectLooksAtItsQueueAndServesTheYoungestOfIt() {
        Sorter sorter = grid.objects().newActive(Sorter.class).on(grid.node()).start();
        for (String paper : List.of("a", "b", "c", "d")) {
            sorter.put(paper);
        }

        assertThat(sorter.sort()).isEqualTo("4 from a to d: d c a b, 0");
    }

    @Test
    public void theYoungestCanBeServedFirst() {
        Desk desk = desk(Desk.Way.YOUNGEST_FIRST);
        desk.put("a");
        desk.put("b");
        desk.put("c");

        desk.open();

        assertThat(desk.dealtWith()).isEqualTo("c b a");
    }

    @Test
    public void oldestAndYoungestCanBeChosenByName() {
        Desk desk = desk(Desk.Way.BOTH_ENDS);
        for (String paper : List.of("a", "b", "c", "d")) {
            desk.put(paper);
        }

        desk.open();

        assertThat(desk.dealtWith()).isEqualTo("d a c b");
    }

    @Test
    public void requestsCanBeChosenByParameterTypesAndByArguments() {
        Desk desk = desk(Desk.Way.NUMBERS_THEN_URGENT);
        desk.put("a");
        desk.put("urgent");
        desk.put(1);
        desk.put("b");
        desk.put(2);

        desk.open();

        assertThat(desk.dealtWith()).isEqualTo("#1 #2 urgent a b");
    }

    @Test
    public void flushingServesOneAndRefusesTheOthersThatFit() {
        Desk latest = desk(Desk.Way.LATEST_ONLY);
        Desk earliest = desk(Desk.Way.EARLIEST_ONLY);
        Desk nothing = desk(Desk.Way.NOTHING);
        List<Paper> discarded = new ArrayList<>();
        for (Desk desk : List.of(latest, earliest, nothing)) {
            desk.put("a");
            discarded.add(desk.paper("b"));
            desk.put("c");
            desk.open();
        }

        assertThat(latest.dealtWith()).isEqualTo("c b");
        assertThat(earliest.dealtWith()).isEqualTo("a");
        assertThat(nothing.dealtWith()).isEmpty();
        assertThat(discarded.get(0).text()).isEqualTo("b");
        assertThatThrownBy(discarded.get(1)::text)
                .isInstanceOf(CallRefusedException.class)
                .hasMessageContaining("discarded paper unserved");
        assertThatThrownBy(discarded.get(2)::text).isInstanceOf(CallRefusedException.class);
    }

    @Test
    @Row(44)
    public void aRequestCanBeAnsweredWithAnExceptionInsteadOfBeingServed() {
        Desk desk = desk(Desk.Way.REFUSE_PAPERS);
        Paper refused = desk.paper("Sir");
        desk.put("a");

        desk.open();

        assertThatThrownBy(refused::text)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no papers, Sir");
        assertThat(desk.dealtWith()).isEqualTo("a");
    }

    @Test
    public void whatIsTakenOutCanBeServedLater() {
        Desk desk = desk(Desk.Way.TAKE_OUT_AND_SERVE_LATER);
        for (String paper : List.of("a", "b", "c", "d")) {
            desk.put(paper);
        }

        desk.open();

        assertThat(desk.dealtWith()).isEqualTo("b c d a");
    }

    @Test
    public void whatWasTakenOutAndForgottenIsAnsweredAtTheEnd() {
        Desk desk = desk(Desk.Way.TAKE_OUT_AND_FORGET);
        Paper forgotten = desk.paper("a");
        desk.open();
        assertThat(desk.dealtWith()).isEmpty();

        grid.objects().terminate(desk, Termination.NOW);

        assertThatThrownBy(forgotten::text).isInstanceOf(BodyTerminatedException.class);
    }

    /** Cannot be read by anybody. */
    public static class Poison implements Serializable {
        private static final long serialVersionUID = 1;
        private final String drop = "bitter";

        private void readObject(ObjectInputStream in) {
            throw new IllegalStateException("poison");
        }

        public String drop() {
            return drop;
        }
    }

    /** Serves others while it serves. */
    public static class Clerk implements Serializable {
        private static final long serialVersionUID = 1;
        private int count;

        public int serveAllOf(String method) {
            Service service = ActiveContext.current().service();
            return service.serveAll(named(method));
        }

        /** Calls itself meanwhile: what arrives waits, whatever is being served. */
        public void step(int more) {
            count++;
            if (more > 0) {
                Clerk self = ActiveContext.current().self(Clerk.class);
                self.step(more - 1);
                ActiveContext.current().service().serveOldest(named("step"));
            }
        }

        public int count() {
            return count;
        }

        public Poison poison() {
            return new Poison();
        }

        /** Waits for a call of {@code go}, for so long. */
        public boolean waitForGo(long milliseconds) {
            return ActiveContext.current().service().blockingServeOldest(named("go"), Duration.ofMillis(milliseconds));
        }

        /** Has both tell it to go, and waits for the first of them only. */
        public boolean waitForGoOf(Clerk wanted, Clerk other) {
            ActiveContext context = ActiveContext.current();
            other.tellToGo(context.self(Clerk.class));
            wanted.tellToGo(context.self(Clerk.class));
            return context.service()
                    .blockingServeOldest(from(context.objects().id(wanted)).and(named("go")), Duration.ofMinutes(1));
        }

        public void go() {}

        public void tellToGo(Clerk other) {
            other.go();
        }

        public String interruptMyself() {
            Thread.currentThread().interrupt();
            try {
                ActiveContext.current().service().blockingServeOldest(named("go"));
                return "served";
            } catch (CancellationException interrupted) {
                return interrupted.getMessage();
            }
        }
    }

    private Clerk clerk() {
        return grid.objects().newActive(Clerk.class).on(grid.node()).start();
    }

    @Test
    @Row(42)
    public void aReplyThatCannotBeReceivedDoesNotHarmTheObjectThatSentIt() {
        Clerk clerk = clerk();

        assertThatThrownBy(clerk.poison()::drop).hasMessageContaining("poison");

        clerk.step(0);
        assertThat(clerk.count()).isEqualTo(1);
    }

    @Test
    @Row(41)
    public void theQueueIsOpenWhileRequestsAreServedWithinARequest() {
        Clerk clerk = clerk();
        clerk.step(3);
        clerk.step(0);

        clerk.serveAllOf("step");

        assertThat(clerk.count()).isEqualTo(5);
    }

    @Test
    public void aBlockingServiceEndsWhenItsTimeHasCome() {
        Clerk clerk = clerk();

        assertThat(clerk.waitForGo(20)).isFalse();
        assertThat(clerk.waitForGo(0)).isFalse();
        clerk.go();
        assertThat(clerk.waitForGo(0)).as("served before, since it was older").isFalse();
    }

    @Test
    public void aBlockingServiceWaitsForTheSenderItWants() {
        assertThat(clerk().waitForGoOf(clerk(), clerk())).isTrue();
    }

    @Test
    public void anInterruptEndsAWaitForARequestAndNothingElse() {
        Clerk clerk = clerk();

        assertThat(clerk.interruptMyself())
                .startsWith("interrupted while clerk-")
                .endsWith("waited for a request");
        assertThat(clerk.waitForGo(1)).isFalse();
    }
}
