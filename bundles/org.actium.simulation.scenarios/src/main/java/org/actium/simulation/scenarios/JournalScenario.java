package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.actium.simulation.FaultBudget;
import org.actium.simulation.FaultKind;
import org.actium.simulation.Machine;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.disk.Disk;
import org.actium.simulation.disk.DiskConditions;

/**
 * Hosts keep journals on their disks, which stall, fail, fill up and lose power. Nothing else of Actium takes part: this
 * is the ground the model of the store stands on.
 */
final class JournalScenario implements Scenario {

    private static final int HOSTS = 3;
    private static final int MOST_NUMBERS = 60;
    private static final Duration LASTING = ofSeconds(5);
    private static final Duration REST = ofMillis(40);

    /** So slow that power fails in the middle of it. */
    private static final DiskConditions DISKS = new DiskConditions(1L << 30, Duration.ZERO, ofMillis(40));

    private final int faults;
    private final UnaryOperator<Disk> around;

    JournalScenario(int faults) {
        this(faults, disk -> disk);
    }

    /** @param around the disk as the journal sees it */
    JournalScenario(int faults, UnaryOperator<Disk> around) {
        this.faults = faults;
        this.around = around;
    }

    @Override
    public void describe(Simulation simulation) {
        Map<String, Keeper> keepers = new HashMap<>();
        int hosts = simulation.size("hosts", HOSTS, 1);
        int numbers = simulation.size("numbers", MOST_NUMBERS, 1);
        ProgramsOracle programs = new ProgramsOracle(simulation);
        simulation
                .hosts(
                        hosts,
                        programs.watching(machine -> keepers.computeIfAbsent(machine.host(), host -> new Keeper())
                                .live(machine, numbers)))
                .watch(programs)
                .disks(DISKS)
                .expect("number safe", 14L * hosts) // half of the fewest in 200 runs
                .virtualTime(ofSeconds(60));
        if (faults > 0) {
            simulation.chaos(FaultBudget.none(faults, LASTING)
                    .most(FaultKind.KILL, faults)
                    .most(FaultKind.DISK_STALL, faults)
                    .most(FaultKind.DISK_FAILURE, faults)
                    .most(FaultKind.DISK_FULL, faults)
                    .shortest(ofMillis(200))
                    .longest(ofSeconds(3)));
        }
    }

    /** One host through all its lives; what it knows, a real one would have told somebody else. */
    private final class Keeper {

        private final List<Long> safe = new ArrayList<>();
        private long last;

        void live(Machine machine, int numbers) {
            Journal journal = open(machine);
            while (last < numbers) {
                long number = ++last;
                try {
                    journal.append(number);
                    safe.add(number);
                    machine.sometimes("number safe");
                } catch (IOException unknown) {
                    machine.sometimes("number not safe");
                    mend(machine, journal);
                }
                machine.sleep(REST);
            }
            requireSafe(machine, open(machine).numbers());
        }

        private Journal open(Machine machine) {
            while (true) {
                try {
                    Journal journal = Journal.open(
                            around.apply(machine.disk()),
                            machine.ports().random(),
                            () -> machine.sometimes("torn tail cut"));
                    requireSafe(machine, journal.numbers());
                    return journal;
                } catch (IOException broken) {
                    machine.sometimes("journal opened in vain");
                    machine.sleep(REST);
                }
            }
        }

        private void mend(Machine machine, Journal journal) {
            while (true) {
                try {
                    journal.mend();
                    return;
                } catch (IOException broken) {
                    machine.sometimes("journal mended in vain");
                    machine.sleep(REST);
                }
            }
        }

        /** All that were said to be safe, perhaps others that were tried, in the order in which they were. */
        private void requireSafe(Machine machine, List<Long> found) {
            List<Long> lost =
                    safe.stream().filter(number -> !found.contains(number)).toList();
            if (!lost.isEmpty()) {
                machine.fail(machine.place() + ": the journal has lost " + lost + " of " + safe.size()
                        + " numbers that were safe, and has " + found);
            }
            for (int i = 0; i < found.size(); i++) {
                if (found.get(i) > last || i > 0 && found.get(i) <= found.get(i - 1)) {
                    machine.fail(machine.place() + ": the journal has " + found
                            + ", which is not what was written, one after the other, up to " + last);
                }
            }
            if (machine.life() > 1) {
                machine.sometimes("journal read after a restart");
            }
        }
    }
}
