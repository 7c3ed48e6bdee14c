package org.actium.simulation.scenarios;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.actium.future.api.FutureList;
import org.actium.future.api.Futures;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.BodyTerminatedException;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.simulation.Machine;
import org.actium.simulation.oracle.Observation;

/** Waits for one, any, some or all of several futures, gives up, or completes them himself. */
public class Buyer {

    private static final Duration LONG = Duration.ofMillis(4);
    private static final int MOST_TOGETHER = 5;

    /**
     * What a buyer is to do.
     *
     * @param leaver the one who ends meanwhile; empty if nobody does
     */
    public record Task(List<Clerk> clerks, List<Clerk> leaver, List<Witness> witnesses, int rounds, long seed)
            implements Serializable {}

    /** @return once it has waited for everything */
    public Receipt buy(Task task) {
        ActiveContext context = ActiveContext.current();
        new Round(context.name(), context.futures(), task).go();
        return new Receipt(context.name());
    }

    /** Somebody a future is passed on to. */
    public static class Witness {

        public void watch(String name, CompletableFuture<String> future) {
            Round.see(name, ActiveContext.current().name(), future);
        }
    }

    private static final class Round {

        private final String self;
        private final Futures futures;
        private final Task task;
        private final SplittableRandom random;
        private int number;

        Round(String self, Futures futures, Task task) {
            this.self = self;
            this.futures = futures;
            this.task = task;
            this.random = new SplittableRandom(task.seed());
        }

        void go() {
            for (int left = task.rounds(); left > 0; left--) {
                switch (random.nextInt(6)) {
                    case 0 -> some();
                    case 1 -> any();
                    case 2 -> impatiently();
                    case 3 -> late();
                    case 4 -> inVain();
                    default -> byHand();
                }
            }
            // of a clerk who does not leave: all others may have
            List.of(thought(), thought()).forEach(Round::requireThought);
        }

        /** Waits for some of them, then for each. */
        private void some() {
            FutureList<Receipt> list = futures.list();
            thoughts().forEach(list::add);
            int enough = random.nextInt(list.size() + 1);
            list.waitFor(enough);
            if (list.size() - list.awaited() < enough) {
                Machine.current()
                        .fail(self + " waited for " + enough + " of " + list.size() + " futures, but " + list.awaited()
                                + " are awaited");
            }
            while (list.size() > 0) {
                requireThought(list.takeAny());
            }
        }

        private void any() {
            List<Receipt> thoughts = thoughts();
            Receipt first = thoughts.get(futures.waitForAny(thoughts));
            if (futures.isAwaited(first)) {
                Machine.current().fail(self + " waited for any of several futures, and got one that is awaited");
            }
            futures.waitForAll(thoughts);
            thoughts.forEach(Round::requireThought);
        }

        private void impatiently() {
            Receipt thought = thought();
            try {
                futures.waitFor(thought, time());
            } catch (TimeoutException impatient) {
                Machine.current().sometimes("wait given up");
            }
            requireThought(thought);
        }

        private List<Receipt> thoughts() {
            List<Receipt> thoughts = new ArrayList<>();
            for (int left = random.nextInt(MOST_TOGETHER) + 1; left > 0; left--) {
                thoughts.add(thought());
            }
            return thoughts;
        }

        private Receipt thought() {
            return anyOf(task.clerks()).think("a thought", time());
        }

        private static void requireThought(Receipt thought) {
            if (!thought.text().equals("a thought")) {
                Machine.current().fail("a clerk thought '" + thought.text() + "'");
            }
        }

        private void late() {
            boolean leaves = !task.leaver().isEmpty() && random.nextBoolean();
            Clerk clerk = leaves ? task.leaver().getFirst() : anyOf(task.clerks());
            String name = self + "#" + ++number;
            try {
                CompletableFuture<String> goods =
                        random.nextBoolean() ? clerk.order(name, time()) : clerk.orderAtOnce(name, time());
                String got = joined(goods, leaves);
                if (!got.equals(name)) {
                    Machine.current().fail(self + " ordered " + name + " and got " + got);
                }
                Machine.current().sometimes("goods delivered late");
            } catch (BodyTerminatedException ended) {
                requireLeaver(leaves, ended);
            } catch (CompletionException failed) {
                requireLeaver(leaves, failed.getCause());
            }
        }

        /**
         * Of what may fail, waits until it has: a failure is copied under a monitor of the JDK, which must not happen on
         * two threads at once where schedule points are woven in.
         */
        private static <T> T joined(CompletableFuture<T> future, boolean mayFail) {
            if (mayFail) {
                CountDownLatch done = new CountDownLatch(1);
                future.whenComplete((value, failure) -> done.countDown());
                try {
                    done.await();
                } catch (InterruptedException nobodyDoes) {
                    throw new IllegalStateException(nobodyDoes);
                }
            }
            return future.join();
        }

        private void inVain() {
            if (task.leaver().isEmpty()) {
                return;
            }
            try {
                joined(task.leaver().getFirst().orderInVain(time()), true);
                Machine.current().fail(self + " got what nobody delivered");
            } catch (BodyTerminatedException ended) {
                Machine.current().sometimes("clerk gone");
            } catch (CompletionException failed) {
                requireLeaver(true, failed.getCause());
            }
        }

        private static void requireLeaver(boolean leaves, Throwable failure) {
            boolean explained =
                    failure instanceof BodyTerminatedException || failure instanceof OutcomeUnknownException;
            if (!leaves || !explained) {
                Machine.current().fail("an order failed although nothing else did: " + failure);
            }
            Machine.current().sometimes("clerk gone");
        }

        /** Whether the clerk or who completes it by hand is first, all who hold it see the same. */
        private void byHand() {
            String name = self + "#" + ++number;
            CompletableFuture<String> goods = anyOf(task.clerks()).order("goods of " + name, time());
            anyOf(task.witnesses()).watch(name, goods);
            Machine machine = Machine.current();
            machine.sleep(time());
            if (goods.complete(name + " by hand")) {
                machine.sometimes("completed by hand");
            }
            see(name, self, goods);
        }

        static void see(String name, String holder, CompletableFuture<String> future) {
            Machine machine = Machine.current();
            machine.observe(new Observation.Opened("wait", holder + " for " + name));
            machine.observe(new Observation.FutureSet(name, holder, future.join()));
            machine.observe(new Observation.Closed("wait", holder + " for " + name));
        }

        private Duration time() {
            return Duration.ofNanos(random.nextLong(LONG.toNanos()) + 1);
        }

        private <T> T anyOf(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }
    }
}
