package org.actium.benchmarks.objects;

import java.util.List;

/**
 * What is measured, and beside what.
 *
 * @param ours benchmark, as class and method
 * @param peer benchmark beside it; empty if there is none
 * @param peerName for people
 * @param goal what the comparison has to reach; 0: shown only
 * @param allowed bytes for each operation of ours: what {@link Allowance} adds up; 0: any number
 */
record Figure(
        String name,
        String unit,
        Comparison comparison,
        String ours,
        String peer,
        String peerName,
        double goal,
        int allowed) {

    Figure(String name, String unit, Comparison comparison, String ours, String peer, String peerName, double goal) {
        this(name, unit, comparison, ours, peer, peerName, goal, 0);
    }

    Figure allowing(int bytes) {
        return new Figure(name, unit, comparison, ours, peer, peerName, goal, bytes);
    }

    /**
     * What a call may allocate, in bytes with compact object headers: its request, its future, one node of a queue, and what
     * arguments and result need.
     */
    private static final class Allowance {
        private static final int REQUEST = 64;
        private static final int FUTURE = 48 + 16; // with its outcome
        private static final int PLACEHOLDER = 16 + 24; // and its stub, which has the field of its class
        private static final int NODE = 24; // by which the JDK queues a virtual thread that is to wake up
        private static final int ARGUMENT = 16; // an array of one
        private static final int ARGUMENTS = 24; // of two or three
        private static final int NUMBER = 16;
        private static final int ANSWER = 16;
        private static final int HUNDRED_BYTES = 112;

        private static final int ONE_WAY = REQUEST + ARGUMENT; // to an object that is awake
    }

    /** What becomes of the two scores. */
    enum Comparison {
        /** More is better: how many times the peer's. */
        TIMES_AS_MUCH("≥ %s ×"),
        /** Less is better: how many times ours goes into the peer's. */
        TIMES_AS_FAST("≥ %s ×"),
        /** Less is better: how much more than the peer's. */
        BEYOND("≤ %s more"),
        /** Less is better: how much more than the peer's, as {@link ServiceCost} tells differences that scores hide. */
        PAIRED("≤ %s more"),
        /** Less is better; there is no peer. */
        ALONE("≤ %s");

        private final String goal;

        Comparison(String goal) {
            this.goal = goal;
        }

        double of(double ours, double peers) {
            return switch (this) {
                case TIMES_AS_MUCH -> ours / peers;
                case TIMES_AS_FAST -> peers / ours;
                case BEYOND, PAIRED -> ours - peers;
                case ALONE -> ours;
            };
        }

        boolean meets(double value, double goal) {
            return switch (this) {
                case TIMES_AS_MUCH, TIMES_AS_FAST -> value >= goal;
                case BEYOND, PAIRED, ALONE -> value <= goal;
            };
        }

        String describe(double wanted) {
            return goal.formatted(wanted == Math.rint(wanted) ? String.valueOf((long) wanted) : String.valueOf(wanted));
        }
    }

    private static final String PEKKO = "Pekko";
    private static final String FLOOR = "floor: a virtual thread behind a queue";

    /** In the order in which they are shown. */
    static final List<Figure> ALL = List.of(
            beside("one-way, sharing an immutable argument", "calls/s", "Calls.oneWay", 1.2)
                    .allowing(Allowance.ONE_WAY),
            beside("call and wait", "calls/s", "Calls.call", 1.5)
                    .allowing(Allowance.REQUEST + Allowance.FUTURE + Allowance.NODE + Allowance.NUMBER),
            beside("100 outstanding calls", "calls/s", "Calls.outstanding", 2)
                    .allowing(Allowance.REQUEST
                            + Allowance.FUTURE
                            + Allowance.PLACEHOLDER
                            + Allowance.NODE
                            + 2 * Allowance.ANSWER // the original and the copy
                            + Allowance.NUMBER),
            beside("creation", "objects/s", "Populations.creation", 2),
            new Figure(
                    "skynet 10⁶", "ms", Comparison.TIMES_AS_FAST, "Skynet.skynetOurs", "Skynet.skynetPekko", PEKKO, 1),
            new Figure(
                    "deep copy of 1000 elements",
                    "ns",
                    Comparison.TIMES_AS_FAST,
                    "Parts.copyOurs",
                    "Parts.copyJdk",
                    "Java serialization",
                    3),
            new Figure("stub of a class, first use", "ms", Comparison.ALONE, "FirstUse.stubOfAnotherClass", "", "", 2),
            new Figure(
                    "queue operation through a stub",
                    "ns",
                    Comparison.BEYOND,
                    "Parts.queueThroughStub",
                    "Parts.queueDirectly",
                    "the queue operation itself",
                    20),
            beside("ring of 1000", "hops/s", "Populations.ring", 0)
                    .allowing(Allowance.REQUEST + Allowance.NODE + Allowance.ARGUMENTS + Allowance.NUMBER),
            beside("fan-out and fan-in, 1000", "calls/s", "Populations.fan", 0)
                    .allowing(Allowance.REQUEST
                            + Allowance.NODE
                            + Allowance.ARGUMENTS
                            + Allowance.NUMBER
                            + Allowance.ONE_WAY // its answer
                            + Allowance.NUMBER),
            new Figure(
                    "one-way, sharing, without causal order and bound",
                    "calls/s",
                    Comparison.TIMES_AS_MUCH,
                    "Calls.oneWayLooseOurs",
                    "Calls.oneWayPekko",
                    PEKKO,
                    0,
                    Allowance.ONE_WAY),
            new Figure(
                    "one-way, copying 100 bytes",
                    "calls/s",
                    Comparison.TIMES_AS_MUCH,
                    "Calls.oneWayCopiedOurs",
                    "Calls.oneWayPekko",
                    "Pekko, sharing",
                    0,
                    Allowance.ONE_WAY + Allowance.NODE + Allowance.ARGUMENT + Allowance.HUNDRED_BYTES),
            new Figure(
                    "one-way, sharing",
                    "calls/s",
                    Comparison.TIMES_AS_MUCH,
                    "Calls.oneWayOurs",
                    "Calls.oneWayQueue",
                    FLOOR,
                    0),
            new Figure(
                    "call and wait",
                    "calls/s",
                    Comparison.TIMES_AS_MUCH,
                    "Calls.callOurs",
                    "Calls.callQueue",
                    FLOOR,
                    0),
            new Figure(
                    "call and wait",
                    "calls/s",
                    Comparison.TIMES_AS_MUCH,
                    "Calls.callOurs",
                    "Calls.callDirect",
                    "floor: a direct method call",
                    0),
            new Figure(
                    "call through a stub, alone",
                    "ns",
                    Comparison.BEYOND,
                    "Parts.interceptedCall",
                    "Parts.directCall",
                    "a direct method call",
                    0),
            new Figure(
                    "one-way, with technical services, none applied",
                    "ns",
                    Comparison.PAIRED,
                    "ServiceCalls.callNone",
                    "ServiceCalls.callNotInstalled",
                    "without technical services",
                    5),
            new Figure(
                    "one-way, without technical services, as a control",
                    "ns",
                    Comparison.PAIRED,
                    "ServiceCalls.callNotInstalled",
                    "ServiceCalls.callNotInstalled",
                    "another one without",
                    0),
            new Figure(
                    "one-way, with 1 technical service that lets pass",
                    "ns",
                    Comparison.PAIRED,
                    "ServiceCalls.callOne",
                    "ServiceCalls.callNotInstalled",
                    "without technical services",
                    30),
            new Figure(
                    "one-way, with 4 technical services that let pass",
                    "ns",
                    Comparison.PAIRED,
                    "ServiceCalls.callFour",
                    "ServiceCalls.callNotInstalled",
                    "without technical services",
                    4 * 30),
            new Figure(
                    "stub, the very first of a JVM", "ms", Comparison.ALONE, "FirstUse.firstStubOfTheJvm", "", "", 0));

    private static Figure beside(String name, String unit, String benchmark, double goal) {
        return new Figure(name, unit, Comparison.TIMES_AS_MUCH, benchmark + "Ours", benchmark + "Pekko", PEKKO, goal);
    }

    boolean hasPeer() {
        return !peer.isEmpty();
    }

    /** What stands for it on a command line: {@code Calls.oneWay}. */
    String workload() {
        return ours.replaceFirst("Ours$", "");
    }
}
