package org.actium.deadlock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.actium.deadlock.api.Deadlock;
import org.actium.object.api.BodyId;
import org.actium.object.spi.Need;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

/** Two objects in two runtimes, step by step; {@link RandomWorldsTest} has more of them. */
public class EdgeChasingTest {

    private static final String METHOD = "value()I";

    private final Side one = new Side(1);
    private final Side two = new Side(2);
    private final Queue<Delivery> underWay = new ArrayDeque<>();
    private final List<Deadlock> reports = new ArrayList<>();

    /** A message and who is to get it. */
    private record Delivery(Side from, Side to, Message message) {}

    /** A runtime with one object, which waits for the other one. */
    private final class Side implements LocalWaits {
        private final RuntimeAddress address;
        private final BodyId body;
        private final EdgeChasing chasing;
        private long wait = 1;
        private boolean waits = true;
        private boolean answered;
        private boolean canFail = true;

        Side(long number) {
            this.address = new RuntimeAddress(new RuntimeId(number, 0), "r" + number, List.of());
            this.body = new BodyId(address.id(), number);
            this.chasing = new EdgeChasing(address, this);
        }

        WaitId id() {
            return new WaitId(body, wait);
        }

        private Side other() {
            return this == one ? two : one;
        }

        void suspect() {
            perform(chasing.suspect(List.of(id())));
        }

        void perform(List<Action> actions) {
            for (Action action : actions) {
                switch (action) {
                    case Action.Send(RuntimeAddress to, Message message) -> {
                        assertThat(to).isEqualTo(other().address);
                        underWay.add(new Delivery(this, other(), message));
                    }
                    case Action.Report(Deadlock deadlock, WaitId first) -> {
                        assertThat(first).isEqualTo(id());
                        reports.add(deadlock);
                    }
                }
            }
        }

        @Override
        public Optional<WaitId> waitOf(BodyId of) {
            return waits && of.equals(body) ? Optional.of(id()) : Optional.empty();
        }

        @Override
        public Need need(WaitId of) {
            return of.equals(id()) && waits && !answered
                    ? new Need.Reply(other().body, other().address, METHOD, 0)
                    : Need.NONE;
        }

        @Override
        public Need need(RuntimeId holder, long future) {
            return new Need.Reply(other().body, other().address, METHOD, 0);
        }

        @Override
        public boolean isServedInTurn(BodyId producer, String signature, RuntimeId caller, long call) {
            return signature.equals(METHOD);
        }

        @Override
        public boolean holdsBack(BodyId owner, BodyId sender, long sequence) {
            return false;
        }

        @Override
        public boolean canFail(WaitId of) {
            return canFail;
        }

        @Override
        public Deadlock.Member describe(WaitId of) {
            return new Deadlock.Member(body, address.name(), address.name(), "", "", "", "");
        }
    }

    /** Delivers messages until one of that kind is next. */
    private void deliverUntil(Class<? extends Message> kind) {
        while (!underWay.isEmpty() && !kind.isInstance(underWay.element().message())) {
            deliver();
        }
        assertThat(underWay).as("a message of " + kind).isNotEmpty();
    }

    private void deliver() {
        Delivery next = underWay.remove();
        next.to().perform(next.to().chasing.receive(next.from().address, next.message()));
    }

    private void deliverAll() {
        while (!underWay.isEmpty()) {
            deliver();
        }
    }

    @Test
    public void whatTwoSuspectIsReportedOnce() {
        one.suspect();
        two.suspect();
        deliverAll();
        one.suspect();
        two.suspect();
        deliverAll();

        assertThat(reports).hasSize(1);
        assertThat(reports.getFirst().members())
                .extracting(Deadlock.Member::name)
                .containsExactly("r1", "r2");
    }

    @Test
    public void anAnswerThatComesBeforeTheWordThatItsProducerWaitsBreaksTheEdge() {
        one.suspect();
        deliverUntil(Message.Waits.class);
        one.answered = true;

        deliver();

        assertThat(underWay).isEmpty();
    }

    @Test
    public void aWaitThatIsOverWhenTheProbeShouldPassStopsIt() {
        one.suspect();
        deliverUntil(Message.Pass.class);
        two.wait++;

        deliver();

        assertThat(underWay).isEmpty();
    }

    @Test
    public void aCircleThatChangesBetweenTheRoundsIsNotReportedAsItWas() {
        two.suspect();
        deliverUntil(Message.Confirm.class);
        two.wait++;
        deliverAll();

        assertThat(reports).isEmpty();

        one.chasing.suspect(List.of());
        two.suspect();
        deliverAll();
        assertThat(reports).as("the circle there is now").hasSize(1);
    }

    @Test
    public void theFirstMemberIsOneWhoseWaitCanFail() {
        one.canFail = false;
        one.suspect();
        deliverAll();

        assertThat(reports).hasSize(1);
        assertThat(reports.getFirst().members())
                .extracting(Deadlock.Member::name)
                .containsExactly("r2", "r1");
    }
}
