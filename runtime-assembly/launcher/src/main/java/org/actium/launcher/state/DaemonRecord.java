package org.actium.launcher.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code daemon.json} says of a running container.
 *
 * @param started when the process started, to tell it from a later one with the same pid
 * @param http address of its HTTP API; {@code null} if it has none
 * @param parent the runtime it joined, {@code host:port}; {@code null} if it is on its own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DaemonRecord(String name, long pid, String started, String assembly, String http, String parent) {

    /** The system counts process starts from its own start, which it may correct while it runs. */
    private static final Duration CLOCK_CORRECTION = Duration.ofSeconds(2);

    public DaemonRecord {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(assembly, "assembly");
    }

    /** The record of this process. */
    public static DaemonRecord ofThisProcess(
            String name, String assembly, Optional<String> http, Optional<String> parent) {
        ProcessHandle self = ProcessHandle.current();
        Instant started = self.info().startInstant().orElse(Instant.EPOCH);
        return new DaemonRecord(name, self.pid(), started.toString(), assembly, http.orElse(null), parent.orElse(null));
    }

    /** The process, if it still runs. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::startedThen);
    }

    private boolean startedThen(ProcessHandle process) {
        Instant recorded = Instant.parse(started);
        return process.info()
                .startInstant()
                .map(actual -> Duration.between(recorded, actual).abs().compareTo(CLOCK_CORRECTION) < 0)
                .orElse(true);
    }
}
