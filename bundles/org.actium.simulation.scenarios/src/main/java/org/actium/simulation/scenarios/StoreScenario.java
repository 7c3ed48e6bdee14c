package org.actium.simulation.scenarios;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.actium.ft.store.api.Batch;
import org.actium.ft.store.api.Blob;
import org.actium.ft.store.api.Change;
import org.actium.ft.store.api.Checkpoint;
import org.actium.ft.store.api.Fence;
import org.actium.ft.store.api.Log;
import org.actium.ft.store.api.LogEntry;
import org.actium.ft.store.api.ObjectRecord;
import org.actium.ft.store.api.RefusedException;
import org.actium.ft.store.api.Store;
import org.actium.ft.store.api.StoreException;
import org.actium.simulation.FaultBudget;
import org.actium.simulation.FaultKind;
import org.actium.simulation.Machine;
import org.actium.simulation.Scenario;
import org.actium.simulation.Simulation;
import org.actium.simulation.disk.DiskConditions;
import org.actium.simulation.store.SimulatedStore;

/**
 * On each host several threads write for the same few objects into the store of the host, take objects over from each
 * other, and go on as if they had not been taken over from, while disks stall, fail, fill up and lose power.
 */
final class StoreScenario implements Scenario {

    private static final int HOSTS = 2;
    private static final int WRITERS = 3;
    private static final int TURNS = 48;
    private static final List<String> OBJECTS = List.of("adder", "counter");
    private static final int MOST_BATCHES = 5;
    private static final int MOST_BYTES = 3000;
    private static final Duration LASTING = ofSeconds(3);
    private static final Duration WORKING = ofMillis(800);
    private static final Duration REST = ofMillis(40);

    /** So slow that power fails in the middle of it. */
    private static final DiskConditions DISKS = new DiskConditions(1L << 30, Duration.ZERO, ofMillis(40));

    private final int faults;

    StoreScenario(int faults) {
        this.faults = faults;
    }

    @Override
    public void describe(Simulation simulation) {
        Map<String, Keeper> keepers = new HashMap<>();
        int hosts = simulation.size("hosts", HOSTS, 1);
        int turns = simulation.size("turns", TURNS, 1);
        ProgramsOracle programs = new ProgramsOracle(simulation);
        simulation
                .hosts(
                        hosts,
                        programs.watching(machine -> keepers.computeIfAbsent(machine.host(), host -> new Keeper(turns))
                                .live(machine)))
                .watch(programs)
                .disks(DISKS)
                .expect("batch safe", 7L * hosts) // half of the fewest in 200 runs
                .expect("object taken over", 3L * hosts)
                .virtualTime(ofSeconds(120));
        if (faults > 0) {
            simulation.chaos(FaultBudget.none(faults, LASTING)
                    .from(WORKING) // hosts that are killed for good have done something then
                    .most(FaultKind.KILL, faults)
                    .most(FaultKind.DISK_STALL, faults)
                    .most(FaultKind.DISK_FAILURE, faults)
                    .most(FaultKind.DISK_FULL, faults)
                    .shortest(ofMillis(200))
                    .longest(ofSeconds(3)));
        }
    }

    /** One host through all its lives; what it knows, others would in a real system. */
    private static final class Keeper {

        private final StoreLedger ledger = new StoreLedger();

        /** Batches whose author was told that the disk has failed. */
        private final Set<StoreLedger.Entry> failed = new HashSet<>();

        private int turns;
        private long batches;

        Keeper(int turns) {
            this.turns = turns;
        }

        void live(Machine machine) throws InterruptedException {
            Store store = opened(machine);
            CountDownLatch busy = new CountDownLatch(WRITERS);
            for (int i = 1; i <= WRITERS; i++) {
                machine.ports().threads().start("writer-" + i, () -> {
                    new Writer(machine, store).run();
                    busy.countDown();
                });
            }
            busy.await();
            store.close();
            opened(machine).close();
        }

        private Store opened(Machine machine) {
            while (true) {
                try {
                    Store store =
                            SimulatedStore.open(machine.disk(), machine.ports().threads());
                    OBJECTS.forEach(object -> inspect(machine, store, object));
                    machine.sometimes(machine.life() > 1 ? "store opened after a restart" : "store opened");
                    return store;
                } catch (StoreException broken) {
                    machine.sometimes("store opened in vain");
                    machine.sleep(REST);
                }
            }
        }

        /** A store that was just opened, by nobody else. */
        private void inspect(Machine machine, Store store, String object) {
            List<LogEntry> log = store.log(Log.INPUT, object, 0);
            Set<StoreLedger.Entry> open = ledger.open(object);
            ledger.found(object, entries(log), open).ifPresent(machine::fail);
            if (entries(log).stream().anyMatch(open::contains)) {
                machine.sometimes("batch found that nobody knew of");
            }
            if (!log.isEmpty()) {
                LogEntry last = log.getLast();
                Checkpoint whole = new Checkpoint(
                        object, last.number(), List.of(last.content().sha256()));
                if (!store.checkpoint(object, last.number()).equals(Optional.of(whole))
                        || !store.checkpoints(object).equals(List.of(last.number()))
                        || store.chunk(last.content().sha256()).isEmpty()) {
                    machine.fail(machine.place() + ": of the last batch of " + object
                            + " a part is missing: its log ends with " + last + ", its checkpoints are "
                            + store.checkpoints(object));
                }
            }
        }

        private final class Writer {

            private final Machine machine;
            private final Store store;
            private final RandomGenerator random;

            Writer(Machine machine, Store store) {
                this.machine = machine;
                this.store = store;
                this.random = machine.ports().random();
            }

            void run() {
                while (turns-- > 0) {
                    String object = OBJECTS.get(random.nextInt(OBJECTS.size()));
                    takeOver(object).ifPresent(incarnation -> write(object, incarnation));
                    machine.sleep(REST);
                }
            }

            /** Empty if somebody else was faster, or the disk failed. */
            private Optional<Long> takeOver(String object) {
                long before =
                        store.object(object).map(ObjectRecord::incarnation).orElse(0L);
                Set<StoreLedger.Entry> decided = ledger.open(object);
                decided.retainAll(failed); // what this batch, which comes later, decides
                Batch batch = Batch.of(new Change.PutObject(
                                new ObjectRecord(object, before + 1, object, machine.place(), "run")))
                        .fencedBy(Fence.object(object, before));
                try {
                    join(store.commit(batch).toCompletableFuture());
                } catch (RefusedException slower) {
                    machine.sometimes("somebody else took over");
                    return Optional.empty();
                } catch (StoreException unknown) {
                    turns++; // this one was none
                    machine.sometimes("batch of which nobody knows");
                    return Optional.empty();
                }
                ledger.takenOver(object, before + 1).ifPresent(machine::fail);
                ledger.found(object, entries(store.log(Log.INPUT, object, 0)), decided)
                        .ifPresent(machine::fail);
                machine.sometimes("object taken over");
                return Optional.of(before + 1);
            }

            /** Several at once, as if nobody could have taken over meanwhile. */
            private void write(String object, long incarnation) {
                long number = store.log(Log.INPUT, object, 0).stream()
                        .mapToLong(LogEntry::number)
                        .max()
                        .orElse(0);
                List<Runnable> answers = new ArrayList<>();
                for (int left = random.nextInt(MOST_BATCHES) + 1; left > 0; left--) {
                    StoreLedger.Entry entry = new StoreLedger.Entry(object, ++batches, incarnation);
                    ledger.handedIn(entry);
                    CompletableFuture<Void> commit =
                            store.commit(batch(entry, ++number)).toCompletableFuture();
                    answers.add(() -> answer(commit, entry));
                    if (random.nextBoolean()) {
                        machine.sleep(ofMillis(random.nextInt(80)));
                    }
                }
                answers.forEach(Runnable::run);
            }

            private void answer(CompletableFuture<Void> commit, StoreLedger.Entry entry) {
                try {
                    join(commit);
                    ledger.acknowledged(entry).ifPresent(machine::fail);
                    machine.sometimes("batch safe");
                } catch (RefusedException takenOver) {
                    ledger.refused(entry);
                    machine.sometimes("batch of one taken over refused");
                } catch (StoreException unknown) {
                    failed.add(entry);
                    machine.sometimes("batch of which nobody knows");
                }
            }

            private Batch batch(StoreLedger.Entry entry, long number) {
                byte[] bytes = new byte[2 * Long.BYTES + random.nextInt(MOST_BYTES)];
                random.nextBytes(bytes);
                ByteBuffer.wrap(bytes).putLong(entry.id()).putLong(entry.incarnation());
                Blob content = Blob.of(bytes);
                String object = entry.object();
                return Batch.of(
                                new Change.Append(new LogEntry(Log.INPUT, object, number, content)),
                                new Change.PutChunk(content),
                                new Change.PutCheckpoint(new Checkpoint(object, number, List.of(content.sha256()))),
                                new Change.DropCheckpoints(object, number),
                                new Change.DropUnusedChunks())
                        .fencedBy(Fence.object(object, entry.incarnation()));
            }
        }
    }

    private static List<StoreLedger.Entry> entries(List<LogEntry> log) {
        return log.stream()
                .map(entry -> {
                    ByteBuffer content = ByteBuffer.wrap(entry.content().bytes());
                    return new StoreLedger.Entry(entry.domain(), content.getLong(), content.getLong());
                })
                .toList();
    }

    private static void join(CompletableFuture<Void> commit) {
        try {
            commit.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }
}
