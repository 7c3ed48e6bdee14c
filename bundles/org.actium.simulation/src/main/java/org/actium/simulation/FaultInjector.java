package org.actium.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.actium.runtime.api.Registration;
import org.actium.simulation.engine.Lane;
import org.actium.simulation.engine.Scheduler;
import org.actium.simulation.network.SimulatedNetwork;

/** Makes faults happen and end, and counts what they touch. */
final class FaultInjector {

    private static final LongSupplier HIT = () -> 1;
    private static final LongSupplier MISS = () -> 0;

    /** How often a fault strikes again: chance alone must not make a run void, nor faults go on for ever. */
    private static final int MOST_AGAIN = 20;

    /** Longer than any runtime stays silent; those that are longer from the beginning stay as long as they are. */
    private static final Duration LONGEST_AGAIN = Duration.ofSeconds(5);

    private static final Duration A_WHILE = Duration.ofMillis(20);

    private record Cut(String from, String to, Registration registration) {}

    private record Strike(PlannedFault fault, LongSupplier hits) {}

    private final Scheduler scheduler;
    private final SimulatedNetwork network;
    private final Map<String, SimulatedHost> hosts;
    private final List<Cut> cuts = new ArrayList<>();
    private final List<Strike> strikes = new ArrayList<>();

    /** How many drawn faults have yet to strike or to end. */
    private int drawn;

    FaultInjector(Scheduler scheduler, SimulatedNetwork network, Map<String, SimulatedHost> hosts) {
        this.scheduler = scheduler;
        this.network = network;
        this.hosts = hosts;
    }

    /** Makes it happen when it is due. */
    void plan(PlannedFault planned) {
        drawn += planned.drawn() ? 1 : 0;
        long now = scheduler.now();
        scheduler.after(planned.at().minusNanos(now), () -> strike(planned));
    }

    private void strike(PlannedFault planned) {
        hit(planned);
        if (planned.drawn()) {
            atEnd(planned.fault(), () -> {
                drawn--;
                strikeAgain(planned, 1);
            });
        }
    }

    private void hit(PlannedFault planned) {
        scheduler.record("fault", planned.fault().text(), 0);
        strikes.add(new Strike(planned, strike(planned.fault())));
    }

    /** If all drawn faults are over and none has hit, the last one happens again, while anybody lives, until it hits. */
    private void strikeAgain(PlannedFault planned, int time) {
        if (time <= MOST_AGAIN
                && drawn == 0
                && !hasDrawnHit()
                && !scheduler.alive().isEmpty()) {
            scheduler.after(A_WHILE, () -> {
                PlannedFault again = new PlannedFault(
                        planned.number(), Duration.ofNanos(scheduler.now()), aimed(planned.fault(), time), true);
                strikes.removeIf(strike -> strike.fault().number() == planned.number());
                hit(again);
                atEnd(again.fault(), () -> strikeAgain(again, time + 1));
            });
        }
    }

    private boolean hasDrawnHit() {
        return strikes.stream()
                .anyMatch(strike -> strike.fault().drawn() && strike.hits().getAsLong() > 0);
    }

    /** Twice as long; one of a link is for two hosts that have a connection, if there are any, each time for others. */
    private Fault aimed(Fault fault, int time) {
        Fault longer = fault instanceof Fault.Kill ? fault : fault.lasting(twice(fault.length()));
        List<SimulatedNetwork.Pair> talking = network.talking();
        return talking.isEmpty() ? longer : aimed(longer, talking.get(time % talking.size()));
    }

    private static Fault aimed(Fault fault, SimulatedNetwork.Pair pair) {
        return switch (fault) {
            case Fault.Partition cut -> new Fault.Partition(pair.one(), pair.other(), cut.bothWays(), cut.length());
            case Fault.SlowLink slow -> new Fault.SlowLink(pair.one(), pair.other(), slow.quality(), slow.length());
            case Fault.Reset _ -> new Fault.Reset(pair.one(), pair.other());
            case Fault.HalfOpen _ -> new Fault.HalfOpen(pair.one(), pair.other());
            default -> fault;
        };
    }

    private static Duration twice(Duration length) {
        return length.compareTo(LONGEST_AGAIN) < 0 ? length.multipliedBy(2) : length;
    }

    private void atEnd(Fault fault, Runnable action) {
        Duration length = untilKnown(fault);
        if (length.isZero()) {
            action.run();
        } else {
            later(length, action);
        }
    }

    /** How long it can hit; a kill has hit at once or not at all, however long the host stays dead. */
    private static Duration untilKnown(Fault fault) {
        return fault instanceof Fault.Kill ? Duration.ZERO : fault.length();
    }

    /** Those that were due, in the order in which they were. */
    List<FaultRecord> records() {
        return strikes.stream()
                .map(strike -> new FaultRecord(strike.fault(), strike.hits().getAsLong()))
                .toList();
    }

    private LongSupplier strike(Fault fault) {
        return switch (fault) {
            case Fault.Kill kill -> kill(host(kill.host()), kill);
            case Fault.Restart restart -> restart(host(restart.host()));
            case Fault.Pause pause -> pause(host(pause.host()), pause.length());
            case Fault.Resume resume -> resume(host(resume.host()).lane());
            case Fault.Partition partition -> partition(partition);
            case Fault.Heal heal -> heal(heal.one(), heal.other());
            case Fault.Reset reset -> counted(network.reset(reset.one(), reset.other()));
            case Fault.HalfOpen halfOpen -> counted(network.vanish(halfOpen.one(), halfOpen.other()));
            case Fault.SlowLink slow -> slow(slow);
            case Fault.DiskStall stall -> {
                var disk = host(stall.host()).disk();
                disk.stall();
                later(stall.length(), disk::endStall);
                yield since(disk::stallHits);
            }
            case Fault.DiskFailure failure -> {
                var disk = host(failure.host()).disk();
                disk.fail();
                later(failure.length(), disk::endFailure);
                yield since(disk::failureHits);
            }
            case Fault.DiskFull full -> {
                var disk = host(full.host()).disk();
                disk.fill();
                later(full.length(), disk::endFilling);
                yield since(disk::fullHits);
            }
            case Fault.ClockJump jump -> {
                var clock = host(jump.host()).clock();
                clock.jump(jump.by());
                yield since(clock::readings);
            }
        };
    }

    private LongSupplier kill(SimulatedHost host, Fault.Kill kill) {
        if (!host.isAlive()) {
            return MISS;
        }
        host.kill(kill.death() == Fault.Death.SILENT);
        Lane ended = host.lane();
        later(kill.length(), () -> {
            // somebody else may have restarted it meanwhile
            if (host.lane() == ended) {
                scheduler.record("restart", host.name(), 0);
                host.boot();
            }
        });
        return HIT;
    }

    private static LongSupplier restart(SimulatedHost host) {
        if (host.isAlive()) {
            return MISS;
        }
        host.boot();
        return HIT;
    }

    private LongSupplier pause(SimulatedHost host, Duration length) {
        Lane lane = host.lane();
        if (lane.isDead() || lane.isPaused()) {
            return MISS;
        }
        LongSupplier held = since(lane::heldCount);
        scheduler.pause(lane);
        later(length, () -> {
            scheduler.record("resume", host.name(), 0);
            scheduler.resume(lane);
        });
        return held;
    }

    private LongSupplier resume(Lane lane) {
        if (!lane.isPaused()) {
            return MISS;
        }
        scheduler.resume(lane);
        return HIT;
    }

    private LongSupplier partition(Fault.Partition partition) {
        LongSupplier held = since(() -> network.held(partition.from(), partition.to()));
        cut(partition.from(), partition.to(), partition.length());
        if (!partition.bothWays()) {
            return held;
        }
        LongSupplier heldBack = since(() -> network.held(partition.to(), partition.from()));
        cut(partition.to(), partition.from(), partition.length());
        return () -> held.getAsLong() + heldBack.getAsLong();
    }

    private void cut(String from, String to, Duration length) {
        Registration registration = network.cut(from, to);
        cuts.add(new Cut(from, to, registration));
        later(length, () -> {
            scheduler.record("heal", from + " -> " + to, 0);
            registration.close();
        });
    }

    private LongSupplier heal(String one, String other) {
        List<Cut> between = cuts.stream()
                .filter(cut -> cut.from().equals(one) && cut.to().equals(other)
                        || cut.from().equals(other) && cut.to().equals(one))
                .toList();
        between.forEach(cut -> cut.registration().close());
        cuts.removeAll(between);
        return counted(between.size());
    }

    private LongSupplier slow(Fault.SlowLink slow) {
        LongSupplier slowed = since(() -> network.slowed(slow.from(), slow.to()));
        later(slow.length(), network.quality(slow.from(), slow.to(), slow.quality())::close);
        return slowed;
    }

    private void later(Duration length, Runnable end) {
        if (!length.equals(Fault.FOREVER)) {
            scheduler.after(length, end);
        }
    }

    private static LongSupplier counted(long hits) {
        return () -> hits;
    }

    private static LongSupplier since(LongSupplier counter) {
        long before = counter.getAsLong();
        return () -> counter.getAsLong() - before;
    }

    private SimulatedHost host(String name) {
        return hosts.get(name);
    }
}
