package org.actium.benchmarks.ft;

import java.util.Collection;

/** Of some figures. */
final class Statistics {

    private Statistics() {}

    /** The smallest one that no more than {@code 1 - share} of them exceed. */
    static double quantile(Collection<Double> figures, double share) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int at = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.clamp(at, 0, sorted.length - 1)];
    }

    static double median(Collection<Double> figures) {
        return quantile(figures, 0.5);
    }
}
