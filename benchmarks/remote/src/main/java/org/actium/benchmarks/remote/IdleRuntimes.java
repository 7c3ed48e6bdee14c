package org.actium.benchmarks.remote;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.actium.benchmarks.runner.Json;

/**
 * Runtimes of one JVM, each connected to each, that do nothing: {@code IdleRuntimes <whether over TLS> <runtimes> <seconds>
 * <file>}. All figures are of both ends of a connection.
 */
public final class IdleRuntimes {

    /** What starting has left to do is done, and links have become quiet, which they are after six heartbeats. */
    private static final Duration SETTLED = Duration.ofSeconds(20);

    private IdleRuntimes() {}

    /** @param residentBytes of the process; grows by the stacks of threads and by what the JVM keeps outside its heap */
    private record Size(long heapBytes, long residentBytes) {}

    public static void main(String[] arguments) throws Exception {
        boolean tls = Boolean.parseBoolean(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        List<Ours.Runtime> runtimes = new ArrayList<>();
        Ours.Runtime founder = Ours.Runtime.start("idle-0", tls);
        runtimes.add(founder);
        for (int i = 1; i < count; i++) {
            Ours.Runtime runtime = Ours.Runtime.start("idle-" + i, tls);
            runtime.embedded().join(founder.embedded());
            runtimes.add(runtime);
        }
        Size before = size();
        int connections = connectAll(runtimes);
        Thread.sleep(SETTLED);
        Size after = size();
        long cpu = processorNanos();
        long begun = System.nanoTime();
        Thread.sleep(1000L * seconds);
        double share = (processorNanos() - cpu) / (double) (System.nanoTime() - begun);
        Json.write(
                new Result.Idle(
                        tls,
                        count,
                        count * (count - 1) / 2,
                        100 * share,
                        (after.heapBytes() - before.heapBytes()) / connections,
                        (after.residentBytes() - before.residentBytes()) / connections),
                Path.of(arguments[3]));
        System.exit(0);
    }

    /** @return how many there are now that were not before */
    private static int connectAll(List<Ours.Runtime> runtimes) {
        int made = 0;
        for (int i = 1; i < runtimes.size(); i++) {
            for (int j = i + 1; j < runtimes.size(); j++) {
                runtimes.get(i)
                        .embedded()
                        .links()
                        .to(runtimes.get(j).embedded().links().self());
                made++;
            }
        }
        return made;
    }

    private static Size size() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        Runtime jvm = Runtime.getRuntime();
        return new Size(jvm.totalMemory() - jvm.freeMemory(), resident());
    }

    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
