package org.actium.simulation;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.actium.remote.spi.Connection;
import org.actium.remote.spi.ConnectionHandler;
import org.actium.runtime.api.Endpoint;
import org.actium.simulation.engine.Event;
import org.actium.simulation.engine.Failure;
import org.actium.simulation.network.Delay;
import org.actium.simulation.network.LinkQuality;
import org.actium.simulation.oracle.Observation;
import org.actium.simulation.oracle.SetOnceOracle;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class SimulationTest {

    private static final Endpoint H2 = new Endpoint("h2", 7000);
    private static final Boot IDLE = machine -> {};

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final List<String> said = new ArrayList<>();

    @Test
    public void hostsRunTheirProgramsAndTheOutcomeSaysWhatCameOfIt() {
        Outcome outcome = Simulation.withSeed(42)
                .hosts(4, machine -> machine.sometimes("booted"))
                .expect("booted", 4)
                .run();

        assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
        assertThat(outcome.cameToRest()).isTrue();
        assertThat(outcome.line())
                .matches("seed 42  random  hash [0-9a-f]{16}  PASSED  4 steps  0 ms  faults 0/0  booted 4");
    }

    @Test
    public void theSameTrialIsTheSameRunAndOtherSeedsAreOthers() {
        Set<Long> hashes = new HashSet<>();
        for (long seed = 0; seed < 10; seed++) {
            Outcome first = counting(seed);
            Outcome second = counting(seed);

            assertThat(second.line()).isEqualTo(first.line());
            hashes.add(first.hash());
        }
        assertThat(hashes).hasSize(10);
    }

    @Test
    public void aKilledHostStartsAgainWithWhatItsDiskHasLeft() {
        Outcome outcome = Simulation.withSeed(1)
                .hosts(2, machine -> {
                    int lives = machine.disk().exists("lives")
                            ? (int) machine.disk().size("lives")
                            : 0;
                    said.add(machine.host() + " life " + machine.life() + " found " + lives);
                    machine.disk().append("lives", ByteBuffer.allocate(1));
                    machine.disk().sync("lives");
                    machine.disk().syncNames();
                    machine.ports()
                            .time()
                            .after(ofSeconds(10), () -> said.add(machine.host() + " timer of life " + machine.life()));
                })
                .kill("h2")
                .lasting(ofSeconds(2))
                .after(ofSeconds(3))
                .run();

        assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
        assertThat(said)
                .containsExactlyInAnyOrder(
                        "h1 life 1 found 0",
                        "h2 life 1 found 0",
                        "h2 life 2 found 1",
                        "h1 timer of life 1",
                        "h2 timer of life 2");
        assertThat(outcome.faults()).extracting(FaultRecord::text).containsExactly("kill h2 for 2 s, after 3 s: hit");
    }

    @Test
    public void aHostThatIsKilledForGoodStaysDeadUnlessItIsRestarted() {
        Outcome outcome = Simulation.withSeed(1)
                .hosts(2, machine -> said.add(machine.host() + " " + machine.life()))
                .vanish("h1")
                .after(ofSeconds(1))
                .vanish("h2")
                .after(ofSeconds(1))
                .after(ofSeconds(2), new Fault.Restart("h2"))
                .run();

        assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
        assertThat(said).containsExactlyInAnyOrder("h1 1", "h2 1", "h2 2");
    }

    @Test
    public void aHostThatWasRestartedEarlierThanPlannedIsNotStartedTwice() {
        Simulation.withSeed(1)
                .hosts(1, machine -> said.add("life " + machine.life()))
                .kill("h1")
                .lasting(ofSeconds(5))
                .after(ofSeconds(1))
                .after(ofSeconds(2), new Fault.Restart("h1"))
                .run();

        assertThat(said).containsExactly("life 1", "life 2");
    }

    @Test
    public void aPausedHostDoesNothingUntilItGoesOn() {
        Outcome outcome = Simulation.withSeed(1)
                .exactClocks()
                .hosts(
                        2,
                        machine -> machine.ports()
                                .time()
                                .after(
                                        ofSeconds(5),
                                        () -> said.add(machine.host() + " at "
                                                + Duration.ofNanos(
                                                        machine.ports().time().nanos()))))
                .pause("h1")
                .lasting(ofSeconds(60))
                .after(ofSeconds(1))
                .pause("h2")
                .after(ofSeconds(1))
                .after(ofSeconds(30), new Fault.Resume("h2"))
                .run();

        assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
        assertThat(said).containsExactly("h2 at PT30S", "h1 at PT1M1S");
    }

    @Test
    public void connectionsAreCutResetHalfOpenedAndSlowedAsPlanned() {
        Outcome outcome = Simulation.withSeed(7)
                .host("h2", SimulationTest::listen)
                .host("h1", machine -> {
                    Connection connection = machine.transport().dial(H2, ofSeconds(1), new Silent());
                    talk(machine, connection, 100);
                })
                .cut("h1", "h2")
                .lasting(ofMillis(200))
                .after(ofMillis(100))
                .partition("h1", "h2")
                .after(ofMillis(500))
                .after(ofMillis(800), new Fault.Heal("h2", "h1"))
                .slow("h1", "h2", LinkQuality.LAN.delay(new Delay.Fixed(ofMillis(50))))
                .lasting(ofMillis(100))
                .after(ofMillis(900))
                .reset("h1", "h2")
                .after(ofSeconds(2))
                .run();

        assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
        assertThat(outcome.faults()).allMatch(FaultRecord::hasHit).hasSize(5);
        assertThat(outcome.connections()).isZero();
        assertThat(outcome.sometimes().get("sent"))
                .as("one every 20 ms until the reset")
                .isBetween(90L, 100L);
    }

    @Test
    public void aHalfOpenConnectionStaysOpenAtBothEnds() {
        Outcome outcome = Simulation.withSeed(7)
                .host("h2", SimulationTest::listen)
                .host("h1", machine -> talk(machine, machine.transport().dial(H2, ofSeconds(1), new Silent()), 100))
                .halfOpen("h1", "h2")
                .after(ofSeconds(1))
                .virtualTime(ofSeconds(30))
                .run();

        assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
        assertThat(outcome.connections()).isEqualTo(1);
        assertThat(outcome.sometimes().get("received")).isBetween(40L, 55L);
    }

    @Test
    public void disksFailAsPlanned() {
        Outcome outcome = Simulation.withSeed(7)
                .hosts(1, machine -> {
                    for (int i = 0; i < 50; i++) {
                        try {
                            machine.disk().append("log", ByteBuffer.allocate(10));
                            machine.disk().sync("log");
                            machine.sometimes("written");
                        } catch (IOException failed) {
                            machine.sometimes(
                                    failed.getMessage().replaceAll(".*: ", "").replaceAll("\\d+ bytes", "n bytes"));
                            sleep(machine, ofMillis(2));
                        }
                    }
                })
                .after(ofMillis(10), new Fault.DiskStall("h1", ofSeconds(5)))
                .after(ofMillis(5020), new Fault.DiskFailure("h1", ofMillis(10)))
                .after(ofMillis(5050), new Fault.DiskFull("h1", ofMillis(10)))
                .expect("written", 30)
                .run();

        assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
        assertThat(outcome.sometimes()).containsKeys("input/output error", "no space left, n bytes are used");
        assertThat(outcome.faults()).allMatch(FaultRecord::hasHit).hasSize(3);
    }

    @Test
    public void clocksDifferUnlessTheyAreToBeExactAndJumpAsPlanned() {
        Boot ask = machine -> {
            said.add(machine.ports().time().instant().toString());
            machine.ports()
                    .time()
                    .after(
                            ofSeconds(2),
                            () -> said.add(machine.ports().time().instant().toString()));
        };
        Simulation.withSeed(1).hosts(2, ask).run();
        assertThat(said).doesNotHaveDuplicates().doesNotContain("2026-01-01T00:00:00Z");

        said.clear();
        Outcome outcome = Simulation.withSeed(1)
                .exactClocks()
                .hosts(1, ask)
                .after(ofSeconds(1), new Fault.ClockJump("h1", ofSeconds(-60)))
                .run();
        assertThat(said).containsExactly("2026-01-01T00:00:00Z", "2025-12-31T23:59:02Z");
        assertThat(outcome.verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    public void hostsDrawDifferentRandomNumbersAndOthersAfterARestart() {
        Simulation.withSeed(1)
                .hosts(
                        2,
                        machine -> said.add(
                                Long.toHexString(machine.ports().random().nextLong())))
                .kill("h1")
                .lasting(ofSeconds(1))
                .after(ofSeconds(1))
                .run();

        assertThat(said).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    public void aRunInWhichAPlannedFaultDidNotHitIsVoid() {
        Outcome outcome = Simulation.withSeed(1)
                .hosts(2, IDLE)
                .partition("h1", "h2")
                .lasting(ofSeconds(1))
                .after(ofSeconds(1))
                .run();

        assertThat(outcome.verdict()).isEqualTo(Verdict.VOID);
        assertThat(outcome.line())
                .endsWith("VOID  2 steps  2 s  faults 0/1  'cut h1 <-> h2 for 1 s, after 1 s' did not hit");
    }

    @Test
    public void aRunThatWasOverBeforeThePlannedFaultIsVoid() {
        Outcome outcome = Simulation.withSeed(1)
                .hosts(2, IDLE)
                .kill("h1")
                .after(ofSeconds(10))
                .virtualTime(ofSeconds(5))
                .run();

        assertThat(outcome.voids()).extracting(Shortfall::text).containsExactly("'kill h1, after 10 s' did not hit");
    }

    @Test
    public void aRunInWhichHardlyAnythingWasDoneIsVoid() {
        Outcome outcome = Simulation.withSeed(1)
                .hosts(2, machine -> machine.sometimes("served"))
                .expect("served", 50)
                .run();

        assertThat(outcome.voids())
                .extracting(Shortfall::text)
                .containsExactly("'served' happened 2 times, expected at least 50");
    }

    @Test
    public void ofRandomFaultsOneThatHitsIsEnough() {
        FaultBudget partitions = FaultBudget.none(2, ofSeconds(5)).most(FaultKind.PARTITION, 2);
        Outcome missed = Simulation.withSeed(1).hosts(2, IDLE).chaos(partitions).run();
        Outcome hit = Simulation.withSeed(1)
                .hosts(2, IDLE)
                .chaos(partitions.most(FaultKind.KILL, 1).most(FaultKind.PARTITION, 1))
                .run();

        assertThat(missed.voids()).extracting(Shortfall::text).containsExactly("none of 2 random faults hit");
        assertThat(hit.verdict()).as(hit.report()).isEqualTo(Verdict.PASSED);
    }

    @Test
    public void aPauseHitsIfItHoldsSomethingBack() {
        Outcome outcome = Simulation.withSeed(1)
                .host("busy", SimulationTest::workForTenSeconds)
                .host("idle", IDLE)
                .pause("busy")
                .lasting(ofSeconds(3))
                .after(ofSeconds(1))
                .pause("idle")
                .lasting(ofSeconds(3))
                .after(ofSeconds(1))
                .run();

        assertThat(outcome.faults())
                .extracting(FaultRecord::text)
                .containsExactly("pause busy for 3 s, after 1 s: hit", "pause idle for 3 s, after 1 s: did not hit");
    }

    @Test
    public void theLastDrawnFaultStrikesAgainUntilOneHits() {
        FaultBudget pauses =
                FaultBudget.none(2, ofSeconds(1)).most(FaultKind.PAUSE, 2).longest(ofMillis(100));
        for (long seed = 0; seed < 20; seed++) {
            Outcome outcome = Simulation.withSeed(seed)
                    .host("h1", SimulationTest::workForTenSeconds)
                    .chaos(pauses)
                    .run();

            assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
            assertThat(outcome.faults()).hasSize(2);
        }
    }

    /** A second passes between two moments at which it does something. */
    private static void workForTenSeconds(Machine machine) {
        for (int second = 0; second < 10; second++) {
            machine.sleep(ofSeconds(1));
        }
    }

    @Test
    public void anOracleFailsTheRunAndTheLogTellsWhy() {
        Outcome outcome = new Simulation(Trial.of(1).keepingAllEvents())
                .hosts(2, machine -> machine.observe(new Observation.FutureSet("f", "holder", machine.host())))
                .watch(new SetOnceOracle())
                .run();

        assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
        Failure.Violation violation = (Failure.Violation) outcome.failure().orElseThrow();
        assertThat(violation.text())
                .matches("SetOnceOracle: future f was set twice at holder: to h\\d, then to h\\d.*");
        assertThat(outcome.events().get((int) violation.event()).subject()).startsWith("f at holder to h");
        assertThat(outcome.report()).contains(" set ", violation.what());
    }

    @Test
    public void everyThreadOfAHostKnowsItsMachine() {
        List<String> places = new ArrayList<>();
        Outcome outcome = Simulation.withSeed(1)
                .host("h1", machine -> {
                    machine.ports()
                            .threads()
                            .run(() -> places.add(Machine.current().place()));
                    machine.ports()
                            .time()
                            .after(
                                    ofSeconds(3),
                                    () -> places.add(Machine.current().place()));
                })
                .kill("h1")
                .lasting(ofSeconds(1))
                .after(ofSeconds(1))
                .run();

        assertThat(outcome.verdict()).as(outcome.report()).isEqualTo(Verdict.PASSED);
        assertThat(places).containsExactly("h1", "h1.2", "h1.2");
    }

    @Test
    public void aProgramMayFailTheRun() {
        Outcome outcome = new Simulation(Trial.of(1).keepingAllEvents())
                .host("h1", machine -> machine.fail("2 is 3"))
                .run();

        assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.report()).contains("scenario: 2 is 3");
    }

    @Test
    public void oraclesHearThatAHostDied() {
        Outcome outcome = new Simulation(Trial.of(1).keepingAllEvents())
                .hosts(2, IDLE)
                .kill("h2")
                .after(ofSeconds(1))
                .run();

        assertThat(outcome.events())
                .anyMatch(
                        event -> event.what().equals("died") && event.subject().equals("h2"));
    }

    @Test
    public void aProgramThatThrowsFailsTheRun() {
        Outcome outcome = Simulation.withSeed(1)
                .hosts(1, machine -> machine.disk().size("nothing"))
                .run();

        assertThat(outcome.failure().orElseThrow().text())
                .contains("h1/boot", "host h1 did not boot", "there is no file nothing");
    }

    @Test
    public void theScenarioMayActByItself() {
        List<Duration> times = new ArrayList<>();
        Simulation simulation = new Simulation(Trial.of(1).keepingAllEvents());
        Outcome outcome = simulation
                .hosts(1, IDLE)
                .at(ofSeconds(4), "look at the clock", () -> times.add(simulation.now()))
                .run();

        assertThat(times).containsExactly(ofSeconds(4));
        assertThat(outcome.events()).extracting(Event::subject).contains("look at the clock");
        assertThat(simulation.random("load").nextLong())
                .isEqualTo(Simulation.withSeed(1).random("load").nextLong());
    }

    @Test
    public void threadsThatAreLeftAreNamed() {
        Outcome outcome = Simulation.withSeed(1)
                .hosts(
                        1,
                        machine -> machine.ports().threads().start("stuck", () -> {
                            while (true) {
                                LockSupport.park();
                            }
                        }))
                .run();

        assertThat(outcome.waiting()).containsExactly("h1/stuck");
    }

    @Test
    public void whoIsLeftTellsWhereItWaits() {
        Simulation simulation = Simulation.withSeed(1);
        simulation.host("h1", machine -> waitForEver()).run();

        assertThat(simulation.waiting()).containsOnlyKeys("h1/boot");
        assertThat(simulation.waiting().get("h1/boot"))
                .anyMatch(frame -> frame.getMethodName().equals("waitForEver"));
    }

    @Test
    public void faultsPlannedWhileItRunsCountFromThenAndCanBeLeftOut() {
        assertThat(killingLate(Trial.of(1)).faults())
                .extracting(fault -> fault.text())
                .containsExactly("kill h2, after 3 s: hit", "vanish h2, after 5 s: did not hit");

        assertThat(killingLate(Trial.of(1).onlyFaults(Set.of(1))).faults())
                .extracting(fault -> fault.text())
                .containsExactly("vanish h2, after 5 s: hit");
    }

    @Test
    public void aHostMayEndTheRunAndWhatWasPlannedForLaterIsMissed() {
        Outcome outcome = Simulation.withSeed(1)
                .host("h1", machine -> {
                    machine.sleep(ofSeconds(4));
                    machine.stop();
                })
                .kill("h1")
                .after(ofSeconds(5))
                .run();

        assertThat(outcome.virtualTime()).isEqualTo(ofSeconds(4));
        assertThat(outcome.voids()).extracting(Shortfall::text).containsExactly("'kill h1, after 5 s' did not hit");
    }

    private static Outcome killingLate(Trial trial) {
        Simulation simulation = new Simulation(trial);
        return simulation
                .hosts(2, IDLE)
                .at(
                        ofSeconds(2),
                        "plan",
                        () -> simulation
                                .kill("h2")
                                .after(ofSeconds(1))
                                .afterDrawn(ofSeconds(3), new Fault.Kill("h2", Fault.Death.SILENT, Fault.FOREVER)))
                .run();
    }

    private static void waitForEver() {
        while (true) {
            LockSupport.park();
        }
    }

    @Test
    public void faultsOfUnknownHostsAndSecondRunsAreRefused() {
        Simulation simulation = Simulation.withSeed(1).hosts(2, IDLE).kill("h7").after(ofSeconds(1));
        assertThatIllegalArgumentException()
                .isThrownBy(simulation::run)
                .withMessage("'kill h7, after 1 s': there is no host 'h7'; there are [h1, h2]");

        Simulation done = Simulation.withSeed(1).hosts(1, IDLE);
        done.run();
        assertThatIllegalStateException().isThrownBy(done::run);
        assertThatIllegalStateException().isThrownBy(() -> done.host("h2", IDLE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Simulation.withSeed(1).hosts(1, IDLE).host("h1", IDLE));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Simulation.withSeed(1).kill("h1").lasting(Duration.ZERO).after(ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Simulation.withSeed(1).kill("h1").after(ofSeconds(-1)));
    }

    private static Outcome counting(long seed) {
        return Simulation.run(
                Trial.of(seed),
                new Counting(false, FaultBudget.of(4, ofSeconds(5)).sparing("server", "client")));
    }

    private static void listen(Machine machine) throws IOException {
        machine.transport().listen(H2, connection -> new Silent() {
            @Override
            public void received(Connection from, ByteBuffer frame) {
                machine.sometimes("received");
            }
        });
    }

    private static void talk(Machine machine, Connection connection, int frames) throws InterruptedException {
        for (int i = 0; i < frames; i++) {
            try {
                connection.send(ByteBuffer.allocate(100));
                machine.sometimes("sent");
            } catch (IOException closed) {
                return;
            }
            sleep(machine, ofMillis(20));
        }
    }

    private static void sleep(Machine machine, Duration time) throws InterruptedException {
        var over = new CountDownLatch(1);
        machine.ports().time().after(time, over::countDown);
        over.await();
    }

    private static class Silent implements ConnectionHandler {
        @Override
        public void received(Connection connection, ByteBuffer frame) {}

        @Override
        public void closed(Connection connection, String reason) {}
    }
}
