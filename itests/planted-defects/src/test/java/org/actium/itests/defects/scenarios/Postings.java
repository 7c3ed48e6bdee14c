package org.actium.itests.defects.scenarios;

import static java.time.Duration.ofSeconds;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.runtime.api.Node;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.grid.SimulatedDomain;
import org.actium.testkit.EmbeddedRuntime;

/**
 * Clerks post numbered entries to one ledger, one-way and with results that they pass on to each other before they know
 * them. No host fails; every entry must arrive once and in the order of its clerk, none before its clerk was announced,
 * and every result.
 */
record Postings(int runtimes) implements Scenario {

    private static final int CLERKS = 3;
    private static final int ENTRIES = 4;
    private static final int ROUNDS = 3;

    /** A result that can be stood in for. */
    public static class Balance implements Serializable {
        private static final long serialVersionUID = 1;
        private final int value;

        public Balance(int value) {
            this.value = value;
        }

        public int value() {
            return value;
        }
    }

    /** Counts what each clerk has posted; entries have to come in order, after the clerk was announced. */
    public static class Ledger implements Serializable {
        private static final long serialVersionUID = 1;
        private final Map<Integer, Integer> entries = new HashMap<>();

        public void announce(int clerk) {
            entries.putIfAbsent(clerk, 0);
        }

        public void post(int clerk, int entry) {
            Integer before = entries.get(clerk);
            // a wrong order is remembered for good
            entries.put(clerk, before != null && entry == before + 1 ? entry : Integer.MIN_VALUE);
        }

        public Balance balance(int clerk) {
            return new Balance(entries.getOrDefault(clerk, 0));
        }
    }

    /** Posts, and hands the balances to a colleague. */
    public static class Clerk implements Serializable {
        private static final long serialVersionUID = 1;
        private final List<Balance> seen = new ArrayList<>();

        public void work(int number, Ledger ledger, Clerk colleague) {
            for (int entry = 1; entry <= ENTRIES; entry++) {
                ledger.post(number, entry);
                colleague.see(ledger.balance(number));
            }
        }

        public void see(Balance balance) {
            seen.add(balance);
        }

        public Balance sum() {
            int sum = 0;
            for (Balance balance : seen) {
                sum += balance.value();
            }
            seen.clear();
            return new Balance(sum);
        }
    }

    @Override
    public void describe(Simulation simulation) {
        SimulatedDomain domain = new SimulatedDomain();
        BlockingQueue<EmbeddedRuntime> members = new LinkedBlockingQueue<>();
        simulation.host("h1", domain.root((machine, runtime) -> {
            List<Node> nodes = new ArrayList<>();
            nodes.add(runtime.runtime().defaultNode());
            while (nodes.size() < runtimes) {
                nodes.add(runtime.nodeOf(members.take(), "default"));
            }
            post(runtime, nodes);
            machine.sometimes("done");
        }));
        for (int i = 2; i <= runtimes; i++) {
            simulation.host("h" + i, domain.member((machine, runtime) -> members.add(runtime)));
        }
        simulation.expect("done", 1).virtualTime(ofSeconds(60));
    }

    private static void post(EmbeddedRuntime runtime, List<Node> nodes) {
        Ledger ledger =
                runtime.objects().newActive(Ledger.class).on(nodes.getLast()).start();
        List<Clerk> clerks = new ArrayList<>();
        for (int i = 0; i < CLERKS; i++) {
            clerks.add(runtime.objects()
                    .newActive(Clerk.class)
                    .on(nodes.get(i % nodes.size()))
                    .start());
        }
        for (int round = 0; round < ROUNDS; round++) { // links are there only after the first one
            int first = round * CLERKS;
            for (int i = 0; i < CLERKS; i++) {
                ledger.announce(first + i);
                clerks.get(i).work(first + i, ledger, clerks.get((i + 1) % CLERKS));
            }
            for (int i = 0; i < CLERKS; i++) {
                awaitAll(ledger, first + i);
            }
        }
        int sum = 0;
        for (Clerk clerk : clerks) {
            sum += clerk.sum().value();
        }
        int expected = ROUNDS * CLERKS * ENTRIES * (ENTRIES + 1) / 2;
        if (sum != expected) {
            throw new AssertionError("balances add up to " + sum + ", expected " + expected);
        }
    }

    private static void awaitAll(Ledger ledger, int clerk) {
        int balance = 0;
        while (balance < ENTRIES) {
            balance = ledger.balance(clerk).value();
            if (balance < 0) {
                throw new AssertionError("entries of clerk " + clerk + " were lost or came out of order");
            }
        }
    }
}
