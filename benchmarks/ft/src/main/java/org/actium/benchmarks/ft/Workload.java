package org.actium.benchmarks.ft;

/** What is done with and without fault tolerance. */
enum Workload {
    N_BODY("n-body, 8 bodies, %d iterations".formatted(Workload.ITERATIONS), "ms", false),
    N_BODY_LARGE(
            "n-body, 8 bodies of 192 points each, %d iterations".formatted(Workload.LARGE_ITERATIONS), "ms", false),
    ONE_WAY("one-way, 1 KiB, as fast as they are taken", "calls/s", true),
    CALL("call and wait, the call in the middle", "µs", false);

    static final int ITERATIONS = 100;
    static final int LARGE_ITERATIONS = 50;
    static final int POINTS = 192;

    /** Messages that are sent before it is waited for all of them: what is not taken yet is kept by who sent it. */
    static final int FLOOD = 10_000;

    private final String title;
    private final String unit;
    private final boolean moreIsBetter;

    Workload(String title, String unit, boolean moreIsBetter) {
        this.title = title;
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    boolean moreIsBetter() {
        return moreIsBetter;
    }
}
