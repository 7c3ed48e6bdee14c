package org.actium.deployment.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.actium.runtime.core.SystemThreads;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;

/**
 * With real processes: a shell is started in a few milliseconds. The scripts stay in {@code wait}, because a shell
 * may lose a signal that comes while it starts a command (dash does).
 */
public class ProcessJobTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final BlockingQueue<String> endings = new LinkedBlockingQueue<>();
    private Process process;

    @After
    public void leaveNothingBehind() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Test
    public void aProcessThatEndsByItselfIsAFailureWithItsLastLines() throws Exception {
        ProcessJob job = start("echo out; echo err >&2; printf 'no line end'; exit 3", PATIENT);
        job.whenEnded(endings::add);

        String reason =
                "process " + process.pid() + " ended with exit code 3; its last lines:\n  out\n  err\n  no line end";
        assertThat(endings.take()).isEqualTo(reason);
        assertThat(job.failure()).hasValue(reason);
        assertThat(job.description()).isEqualTo("process " + process.pid());
    }

    @Test
    public void whoAsksLateIsToldAtOnceAndNobodyTwice() throws Exception {
        ProcessJob job = start("exit 0", PATIENT);
        job.whenEnded(endings::add);
        String reason = endings.take();
        job.whenEnded(endings::add);

        assertThat(endings).containsExactly(reason);
        assertThat(reason).endsWith("ended with exit code 0; it wrote nothing");
        job.close();
        assertThat(endings).hasSize(1);
        assertThat(job.failure()).as("closing changes nothing afterwards").hasValue(reason);
    }

    @Test
    public void aKilledProcessIsReportedWithTheSignal() throws Exception {
        ProcessJob job = start("echo up; kill -9 $$", PATIENT);
        job.whenEnded(endings::add);

        assertThat(endings.take()).contains("was ended by signal 9 (exit code 137); its last lines:\n  up");
    }

    @Test
    public void aChildThatOutlivesTheProcessAndHoldsItsOutputDelaysNothingForLong() throws Exception {
        ProcessJob job = start("sleep 600 & echo $!; exit 3", PATIENT);
        job.whenEnded(endings::add);

        String reason = endings.take();
        long orphan =
                Long.parseLong(reason.lines().skip(1).findFirst().orElseThrow().strip());
        assertThat(ProcessHandle.of(orphan).orElseThrow().destroyForcibly()).isTrue();
        assertThat(reason).contains("ended with exit code 3; its last lines:\n  " + orphan);
    }

    @Test
    public void onlyTheEndOfALongOutputIsKept() throws Exception {
        ProcessJob job = start("i=0; while [ $i -lt 1000 ]; do i=$((i+1)); echo line $i; done; exit 1", PATIENT);
        job.whenEnded(endings::add);

        assertThat(endings.take().lines().skip(1))
                .hasSize(40)
                .startsWith("  line 961")
                .endsWith("  line 1000");
    }

    @Test
    public void closingAsksTheProcessToEndAndLetsItFinish() throws Exception {
        Path finished = folder.getRoot().toPath().resolve("finished");
        ProcessJob job = startReady(
                "trap 'echo last words; echo bye > " + finished + "; exit 0' TERM; sleep 600 & echo ready; wait",
                PATIENT);
        job.whenEnded(endings::add);

        job.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(finished).exists();
        assertThat(job.failure()).as("it was closed").isEmpty();
        assertThat(endings).isEmpty();
        job.close();
    }

    @Test
    public void aProcessThatDoesNotListenIsKilledWithAllItStarted() throws Exception {
        ProcessJob job = startReady(
                "trap '' TERM; sleep 600 & (trap '' TERM; sleep 600) & echo ready; wait; wait", Duration.ofMillis(200));
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).hasSizeGreaterThanOrEqualTo(2).allMatch(ProcessHandle::isAlive);

        job.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    public void whatTheProcessLeavesBehindIsKilledToo() throws Exception {
        ProcessJob job = startReady("trap 'exit 0' TERM; sleep 600 & echo ready; wait", PATIENT);
        List<ProcessHandle> children = process.children().toList();

        job.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    public void anInterruptKillsAtOnceAndIsPassedOn() throws Exception {
        ProcessJob job = startReady("trap '' TERM; sleep 600 & echo ready; wait", Duration.ofHours(1));
        var interrupted = new LinkedBlockingQueue<Boolean>();
        var closing = new CountDownLatch(1);
        Thread closer = Thread.ofPlatform().start(() -> {
            closing.countDown();
            job.close();
            interrupted.add(Thread.currentThread().isInterrupted());
        });
        closing.await();
        closer.interrupt();

        assertThat(interrupted.take()).isTrue();
        assertThat(process.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    private ProcessJob start(String script, Duration patience) throws IOException {
        process = new SystemProcesses().start(List.of("sh", "-c", script));
        return new ProcessJob("worker", process, new SystemThreads(), patience);
    }

    /** Returns when the script has written its first line, into a file instead of to the job. */
    private ProcessJob startReady(String script, Duration patience) throws IOException, InterruptedException {
        Path fifo = folder.getRoot().toPath().resolve("ready");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        ProcessJob job = start(script.replace("echo ready", "echo ready > " + fifo), patience);
        try (BufferedReader ready = Files.newBufferedReader(fifo)) {
            assertThat(ready.readLine()).isEqualTo("ready");
        }
        return job;
    }
}
