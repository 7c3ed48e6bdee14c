package org.actium.simulation.scenarios;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.RequestNotSentException;
import org.actium.simulation.Machine;
import org.actium.simulation.oracle.Observation;

/** Calls desks faster than they serve, and may be interrupted while it waits for room. */
public class Customer {

    private static final int MOST_AT_ONCE = 5;

    /**
     * @param calls how many, at least
     * @param closing whether desks may end meanwhile
     * @return once all its calls have ended
     */
    public Receipt call(List<Desk.Address> desks, int calls, boolean closing, long seed) {
        String self = ActiveContext.current().name();
        new Round(self, desks, closing, new SplittableRandom(seed)).go(calls);
        return new Receipt(self);
    }

    private static final class Round {

        private final String self;
        private final List<Desk.Address> desks;
        private final boolean closing;
        private final SplittableRandom random;
        private final Machine machine = Machine.current();
        private final Map<String, Long> sent = new HashMap<>();
        private final List<Asked> asked = new ArrayList<>();

        private record Asked(Message message, Receipt receipt) {}

        Round(String self, List<Desk.Address> desks, boolean closing, SplittableRandom random) {
            this.self = self;
            this.desks = desks.stream().filter(desk -> desk.isOpenTo(self)).toList();
            this.closing = closing;
            this.random = random;
        }

        void go(int calls) {
            for (int left = calls; left > 0; left--) {
                Desk.Address to = desks.get(random.nextInt(desks.size()));
                switch (random.nextInt(4)) {
                    case 0 -> count(to);
                    case 1 -> ask(to);
                    default -> {
                        for (int more = random.nextInt(MOST_AT_ONCE) + 1; more > 0; more--) {
                            note(to);
                        }
                    }
                }
            }
            asked.forEach(this::hear);
        }

        private void note(Desk.Address to) {
            Message message = message(to);
            try {
                to.desk().note(message);
                if (closing) { // nobody would be told
                    machine.observe(new Observation.GivenUp(message.name()));
                }
            } catch (CancellationException interrupted) {
                machine.sometimes("wait for room interrupted");
                notSent(message);
            } catch (RequestNotSentException interrupted) {
                notSent(message);
            } catch (BodyTerminatedException ended) {
                refused(message, ended);
            }
        }

        private void count(Desk.Address to) {
            Message message = message(to);
            try {
                to.desk().count(message);
            } catch (CancellationException interrupted) {
                interrupted(message);
            } catch (RequestNotSentException interrupted) {
                notSent(message);
            } catch (BodyTerminatedException ended) {
                refused(message, ended);
            }
        }

        private void ask(Desk.Address to) {
            Message message = message(to);
            try {
                asked.add(new Asked(message, to.desk().ask(message)));
            } catch (CancellationException interrupted) {
                interrupted(message);
            } catch (RequestNotSentException interrupted) {
                notSent(message);
            } catch (BodyTerminatedException ended) {
                refused(message, ended);
            }
        }

        private void hear(Asked one) {
            while (true) {
                try {
                    one.receipt().text();
                    return;
                } catch (CancellationException interrupted) {
                    Thread.interrupted(); // and wait again
                } catch (BodyTerminatedException ended) {
                    refused(one.message(), ended);
                    return;
                }
            }
        }

        private Message message(Desk.Address to) {
            long number = sent.merge(to.name(), 1L, Long::sum);
            Content content = new Content.Text("please");
            Message message =
                    new Message(self + ">" + to.name() + "#" + number, content, content.sum(), 0, random.nextLong());
            machine.observe(new Observation.Sent(self, to.name(), message.name()));
            return message;
        }

        /** An interrupt came before the request was in the queue. */
        private void notSent(Message message) {
            Thread.interrupted();
            machine.observe(new Observation.Refused(message.name()));
        }

        /** Waiting for room or for the result: nobody knows. */
        private void interrupted(Message message) {
            Thread.interrupted();
            machine.observe(new Observation.GivenUp(message.name()));
        }

        private void refused(Message message, BodyTerminatedException ended) {
            if (!closing) {
                machine.fail(message.name() + " failed although no desk ended: " + ended);
            }
            machine.sometimes("desk closed");
            machine.observe(new Observation.Refused(message.name()));
        }
    }
}
