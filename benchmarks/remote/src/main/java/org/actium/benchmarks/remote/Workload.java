package org.actium.benchmarks.remote;

/** What is done over and over. */
enum Workload {
    CALL("call and wait, (int, String of 10)", "µs", false, 4),
    ONE_WAY("one-way, 100 B", "calls/s", true, 1),
    OUTSTANDING("100 outstanding calls", "calls/s", true, 1),
    LARGE("1 MiB argument", "MiB/s", true, 1);

    static final int SMALL = 100;
    static final int LARGE_BYTES = 1 << 20;
    static final int AT_ONCE = 100;
    /** Large arguments under way at once. */
    static final int STREAMED = 4;

    static final String TEXT = "0123456789";

    private final String title;
    private final String unit;
    private final boolean moreIsBetter;
    private final int effort;

    Workload(String title, String unit, boolean moreIsBetter, int effort) {
        this.title = title;
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
        this.effort = effort;
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

    /** How many times as many rounds count as usual: few would not tell apart those that are near each other. */
    int effort() {
        return effort;
    }

    /** The figure of so many calls in so many nanoseconds. */
    double figure(long calls, long nanos) {
        return switch (this) {
            case CALL -> nanos / 1e3 / calls;
            case ONE_WAY, OUTSTANDING -> 1e9 * calls / nanos;
            case LARGE -> 1e9 * calls / nanos; // one MiB each
        };
    }
}
