package org.actium.benchmarks.runner;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * When, where and with what figures were measured.
 *
 * @param commit of the source tree; with {@code +} if it had changes beside
 * @param load of the machine over the minute before the run
 * @param jvm options of the JVMs that measure
 * @param seconds the run took; 0 while it goes on
 */
public record Run(
        String date,
        String commit,
        boolean quick,
        String java,
        String processor,
        int processors,
        double load,
        List<String> jvm,
        long seconds) {

    /** One that begins now. */
    public static Run of(Arguments<?> asked, List<String> jvm) throws IOException {
        return new Run(
                LocalDate.now().toString(),
                asked.commit(),
                asked.quick(),
                System.getProperty("java.vm.version"),
                Machine.processor(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                jvm,
                0);
    }

    public Run took(long nanos) {
        return new Run(date, commit, quick, java, processor, processors, load, jvm, nanos / 1_000_000_000);
    }

    /** For people, in one line. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%s, commit %s, Java %s, %d processors (%s), load %.1f before the run, which took %d s%s. JVMs: `%s`.",
                date,
                commit,
                java,
                processors,
                processor,
                load,
                seconds,
                quick ? " and was a quick one" : "",
                String.join(" ", jvm));
    }
}
