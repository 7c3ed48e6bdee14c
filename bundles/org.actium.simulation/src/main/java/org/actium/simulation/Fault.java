package org.actium.simulation;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.actium.simulation.network.LinkQuality;

/** One thing that goes wrong, with its end if it has one: a fault can be left out of a plan without touching others. */
public sealed interface Fault {

    /** As a length: until the end of the run, or until another fault of the plan ends it. */
    Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    FaultKind kind();

    /** The hosts it concerns. */
    List<String> hosts();

    /** As plans and reports have it, for example {@code kill h2 for 5 s}. */
    String text();

    /** How long it goes on; zero if it is over at once. */
    default Duration length() {
        return Duration.ZERO;
    }

    /** The same one, so long; as it is if it does not last. */
    default Fault lasting(Duration newLength) {
        return this;
    }

    /** How others learn that a host died. */
    enum Death {
        /** Its system is left to reset the connections and refuse new ones, as after a crash of the process. */
        NOTICED,
        /** They do not: power and cable are gone. */
        SILENT
    }

    /**
     * A life of a host ends: its threads and timers never run again, what its disk had not synced may be lost.
     *
     * @param length until it starts again
     */
    record Kill(String host, Death death, Duration length) implements Fault {
        public Kill {
            requireHost(host);
            Objects.requireNonNull(death, "death");
            requirePositive(length);
        }

        @Override
        public Kill lasting(Duration newLength) {
            return new Kill(host, death, newLength);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.KILL;
        }

        @Override
        public List<String> hosts() {
            return List.of(host);
        }

        @Override
        public String text() {
            return (death == Death.SILENT ? "vanish " : "kill ") + host + forSoLong(length);
        }
    }

    /** A dead host starts again. */
    record Restart(String host) implements Fault {
        public Restart {
            requireHost(host);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.RESTART;
        }

        @Override
        public List<String> hosts() {
            return List.of(host);
        }

        @Override
        public String text() {
            return "restart " + host;
        }
    }

    /** A host stands still and does not know it: threads do not run, timers do not fire, frames queue up. */
    record Pause(String host, Duration length) implements Fault {
        public Pause {
            requireHost(host);
            requirePositive(length);
        }

        @Override
        public Pause lasting(Duration newLength) {
            return new Pause(host, newLength);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.PAUSE;
        }

        @Override
        public List<String> hosts() {
            return List.of(host);
        }

        @Override
        public String text() {
            return "pause " + host + forSoLong(length);
        }
    }

    /** A paused host goes on. */
    record Resume(String host) implements Fault {
        public Resume {
            requireHost(host);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.RESUME;
        }

        @Override
        public List<String> hosts() {
            return List.of(host);
        }

        @Override
        public String text() {
            return "resume " + host;
        }
    }

    /** Nothing gets from one host to the other one, nor back if it is cut both ways. */
    record Partition(String from, String to, boolean bothWays, Duration length) implements Fault {
        public Partition {
            requireHosts(from, to);
            requirePositive(length);
        }

        @Override
        public Partition lasting(Duration newLength) {
            return new Partition(from, to, bothWays, newLength);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.PARTITION;
        }

        @Override
        public List<String> hosts() {
            return List.of(from, to);
        }

        @Override
        public String text() {
            return "cut " + from + (bothWays ? " <-> " : " -> ") + to + forSoLong(length);
        }
    }

    /** All partitions between the two end. */
    record Heal(String one, String other) implements Fault {
        public Heal {
            requireHosts(one, other);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.HEAL;
        }

        @Override
        public List<String> hosts() {
            return List.of(one, other);
        }

        @Override
        public String text() {
            return "heal " + one + " <-> " + other;
        }
    }

    /** The connections between the two break, and both know it. */
    record Reset(String one, String other) implements Fault {
        public Reset {
            requireHosts(one, other);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.RESET;
        }

        @Override
        public List<String> hosts() {
            return List.of(one, other);
        }

        @Override
        public String text() {
            return "reset " + one + " <-> " + other;
        }
    }

    /** The connections between the two carry nothing any more, and nobody is told. */
    record HalfOpen(String one, String other) implements Fault {
        public HalfOpen {
            requireHosts(one, other);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.HALF_OPEN;
        }

        @Override
        public List<String> hosts() {
            return List.of(one, other);
        }

        @Override
        public String text() {
            return "half open " + one + " <-> " + other;
        }
    }

    /** What is sent from one to the other meets another quality. */
    record SlowLink(String from, String to, LinkQuality quality, Duration length) implements Fault {
        public SlowLink {
            requireHosts(from, to);
            Objects.requireNonNull(quality, "quality");
            requirePositive(length);
        }

        @Override
        public SlowLink lasting(Duration newLength) {
            return new SlowLink(from, to, quality, newLength);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.SLOW_LINK;
        }

        @Override
        public List<String> hosts() {
            return List.of(from, to);
        }

        @Override
        public String text() {
            return "slow " + from + " -> " + to + forSoLong(length);
        }
    }

    /** Whoever uses the disk of the host waits. */
    record DiskStall(String host, Duration length) implements Fault {
        public DiskStall {
            requireHost(host);
            requirePositive(length);
        }

        @Override
        public DiskStall lasting(Duration newLength) {
            return new DiskStall(host, newLength);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.DISK_STALL;
        }

        @Override
        public List<String> hosts() {
            return List.of(host);
        }

        @Override
        public String text() {
            return "stall the disk of " + host + forSoLong(length);
        }
    }

    /** Whatever is done with the disk of the host fails. */
    record DiskFailure(String host, Duration length) implements Fault {
        public DiskFailure {
            requireHost(host);
            requirePositive(length);
        }

        @Override
        public DiskFailure lasting(Duration newLength) {
            return new DiskFailure(host, newLength);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.DISK_FAILURE;
        }

        @Override
        public List<String> hosts() {
            return List.of(host);
        }

        @Override
        public String text() {
            return "fail the disk of " + host + forSoLong(length);
        }
    }

    /** There is no room left on the disk of the host. */
    record DiskFull(String host, Duration length) implements Fault {
        public DiskFull {
            requireHost(host);
            requirePositive(length);
        }

        @Override
        public DiskFull lasting(Duration newLength) {
            return new DiskFull(host, newLength);
        }

        @Override
        public FaultKind kind() {
            return FaultKind.DISK_FULL;
        }

        @Override
        public List<String> hosts() {
            return List.of(host);
        }

        @Override
        public String text() {
            return "fill the disk of " + host + forSoLong(length);
        }
    }

    /** The time of day of the host jumps, forward or back. */
    record ClockJump(String host, Duration by) implements Fault {
        public ClockJump {
            requireHost(host);
            Objects.requireNonNull(by, "by");
        }

        @Override
        public FaultKind kind() {
            return FaultKind.CLOCK_JUMP;
        }

        @Override
        public List<String> hosts() {
            return List.of(host);
        }

        @Override
        public String text() {
            return "set the clock of " + host + " by " + Words.of(by);
        }
    }

    private static String forSoLong(Duration length) {
        return length.equals(FOREVER) ? "" : " for " + Words.of(length);
    }

    private static void requireHost(String host) {
        Objects.requireNonNull(host, "host");
    }

    private static void requireHosts(String one, String other) {
        Objects.requireNonNull(one, "one");
        if (one.equals(other)) {
            throw new IllegalArgumentException("nothing is between host " + one + " and itself");
        }
    }

    private static void requirePositive(Duration length) {
        if (!length.isPositive()) {
            throw new IllegalArgumentException("a fault that lasts " + length + " is none");
        }
    }
}
