package org.actium.benchmarks.objects;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * By how many nanoseconds a one-way call differs between two runtimes of one JVM: one with technical services, of which none
 * or some are applied to its node, and one that has no technical services at all. The two take turns with short batches, each
 * time in the other order, so that whatever else the machine does hits both; the median of the differences counts. Then two
 * others take their place, because where their objects lie in memory counts for more than what is looked for.
 */
public final class ServiceCost {

    private static final int CALLS = 2_000; // in a batch
    private static final int RUNTIMES = 16; // pairs of them, in each JVM
    private static final double WARM_UP_SECONDS = 3;
    private static final int SAMPLES = 10_000;
    private static final double CONFIDENCE = 0.999;

    private ServiceCost() {}

    /** What is compared with a runtime without technical services. */
    enum Other {
        NOT_INSTALLED("ServiceCalls.callNotInstalled", ServiceCalls.NotInstalled::new),
        NONE("ServiceCalls.callNone", ServiceCalls.None::new),
        ONE("ServiceCalls.callOne", ServiceCalls.One::new),
        FOUR("ServiceCalls.callFour", ServiceCalls.Four::new);

        private final String benchmark;
        private final Supplier<ServiceCalls.Prepared> prepared;

        Other(String benchmark, Supplier<ServiceCalls.Prepared> prepared) {
            this.benchmark = benchmark;
            this.prepared = prepared;
        }

        /** That which the benchmark of that name has, too. */
        static Other of(String benchmark) {
            return Arrays.stream(values())
                    .filter(one -> one.benchmark.equals(benchmark))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * @param without median of those without technical services, in nanoseconds
     * @param with median of those with technical services
     * @param difference median of the differences, which need not be that of the medians
     * @param error half the width of the interval that holds it with 99.9 %, by bootstrapping
     */
    record Difference(double without, double with, double difference, double error) {}

    /** What two runtimes came to. */
    private record Pair(double without, double with, double difference) {

        static Pair parse(String line) {
            double[] numbers = Arrays.stream(line.split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Pair(numbers[0], numbers[1], numbers[2]);
        }

        @Override
        public String toString() {
            return without + " " + with + " " + difference;
        }
    }

    /** @param other which one takes turns with one without technical services, such as another of these, as a control */
    static Difference measure(int forks, double seconds, Other other, List<String> jvm)
            throws IOException, InterruptedException {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < forks; i++) {
            ChildJvm.run(ServiceCost.class, jvm, "" + seconds, other.name()).stream()
                    .map(Pair::parse)
                    .forEach(pairs::add);
        }
        double[] differences = pairs.stream().mapToDouble(Pair::difference).toArray();
        return new Difference(
                median(pairs, Pair::without), median(pairs, Pair::with), median(differences), error(differences));
    }

    /** Prints a pair on each line. */
    public static void main(String[] arguments) {
        double seconds = Double.parseDouble(arguments[0]);
        Supplier<ServiceCalls.Prepared> other = Other.valueOf(arguments[1]).prepared;
        pair(other, WARM_UP_SECONDS, false);
        for (int i = 0; i < RUNTIMES; i++) {
            System.out.println(pair(other, seconds, i % 2 == 0));
        }
    }

    /** @param first whether the other runtime is made first */
    private static Pair pair(Supplier<ServiceCalls.Prepared> other, double seconds, boolean first) {
        ServiceCalls.Prepared without = new ServiceCalls.NotInstalled();
        ServiceCalls.Prepared with = other.get();
        (first ? List.of(with, without) : List.of(without, with)).forEach(ServiceCalls.Prepared::start);
        try {
            return turns(without, with, seconds);
        } finally {
            without.stop();
            with.stop();
        }
    }

    private static Pair turns(ServiceCalls.Prepared without, ServiceCalls.Prepared with, double seconds) {
        List<Pair> turns = new ArrayList<>();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            boolean first = turns.size() % 2 == 0;
            double early = nanos(first ? with : without);
            double late = nanos(first ? without : with);
            turns.add(first ? new Pair(late, early, early - late) : new Pair(early, late, late - early));
        }
        return new Pair(median(turns, Pair::without), median(turns, Pair::with), median(turns, Pair::difference));
    }

    private static double nanos(ServiceCalls.Prepared one) {
        long begun = System.nanoTime();
        one.call(CALLS);
        return (double) (System.nanoTime() - begun) / CALLS;
    }

    private static double median(List<Pair> pairs, ToDoubleFunction<Pair> part) {
        return median(pairs.stream().mapToDouble(part).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Of their median: what it comes to if as many of them are drawn again and again. */
    private static double error(double[] values) {
        Random random = new Random(1);
        double[] medians = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            double[] drawn = new double[values.length];
            Arrays.setAll(drawn, _ -> values[random.nextInt(values.length)]);
            medians[i] = median(drawn);
        }
        Arrays.sort(medians);
        int outside = (int) (SAMPLES * (1 - CONFIDENCE) / 2);
        return (medians[SAMPLES - 1 - outside] - medians[outside]) / 2;
    }
}
