package org.actium.itests.support;

import java.time.Duration;
import java.util.List;

/** The container processes that belong to a test. */
public final class Processes {

    private static final Duration END = Duration.ofSeconds(20);

    private Processes() {}

    /** Containers that this JVM started and that still run. */
    public static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .filter(Processes::isContainer)
                .toList();
    }

    private static boolean isContainer(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("org.actium.launcher");
    }

    /** Kills the process as a power cut would. */
    public static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    public static void awaitNone(List<Long> pids) {
        Eventually.becomes("no process is left", END, () -> alive(pids).isEmpty(), () -> alive(pids));
    }

    private static List<Long> alive(List<Long> pids) {
        return pids.stream()
                .filter(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
                .toList();
    }
}
