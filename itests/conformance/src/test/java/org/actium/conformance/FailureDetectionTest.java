package org.actium.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.actium.object.api.OutcomeUnknownException;
import org.actium.object.api.RequestNotSentException;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.runtime.api.Node;
import org.actium.runtime.core.SystemRandom;
import org.actium.runtime.core.SystemThreads;
import org.actium.runtime.core.SystemTime;
import org.actium.runtime.spi.Ports;
import org.actium.testkit.EmbeddedRuntime;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

/** How soon a runtime notices that the process of another one has ended, or hangs. With real processes and sockets. */
@RunWith(Parameterized.class)
public class FailureDetectionTest {

    @Parameterized.Parameters(name = "{0}")
    public static Protection[] protections() {
        return Protection.values();
    }

    private static final Duration ENDED = Duration.ofSeconds(1);

    /** Each follows the start of a JVM. */
    private static final int ENDS = Integer.getInteger("conformance.ends", 5);

    /**
     * See docs/wire-protocol.md: three intervals of 2 s until two of them were silent, and one more for another connection.
     */
    private static final Duration HANGS = Duration.ofSeconds(8);

    private static final Duration BUSY_HOST = Duration.ofSeconds(1);

    @Rule
    public final Timeout deadline = Timeout.seconds(120L + 20L * ENDS);

    private final Protection protection;
    private final SystemThreads threads = new SystemThreads();
    private final SystemTime time = new SystemTime(threads);
    private final BlockingQueue<String> closings = new LinkedBlockingQueue<>();
    private EmbeddedRuntime here;
    private OtherJvm there;
    private LossTest.Oracle oracle;
    private LossTest.Text pending;

    public FailureDetectionTest(Protection protection) {
        this.protection = protection;
    }

    @Before
    public void waitForAnAnswerFromAnotherJvm() throws IOException {
        Ports ports = new Ports(time, threads, new SystemRandom());
        here = protection.start("here", ports, Extra.NOTHING);
        there = OtherJvm.start(here, Extra.NOTHING, protection);
        Node node = here.nodeAt(there.address(), "first");
        oracle = here.objects().newActive(LossTest.Oracle.class).on(node).start();
        assertThat(oracle.say().text()).isEqualTo("word");
        oracle.pause();
        pending = oracle.say();
        here.links().listen(new LinkListener() {
            @Override
            public void closed(Link link, String reason) {
                closings.add(reason);
            }
        });
    }

    @After
    public void close() {
        leave();
        time.close();
    }

    private void leave() {
        there.kill();
        here.close();
    }

    @Test
    public void aProcessThatHasEndedIsNoticedAtOnce() throws Exception {
        List<Duration> took = new ArrayList<>(List.of(noticeTheEnd()));
        while (took.size() < ENDS) {
            leave();
            waitForAnAnswerFromAnotherJvm();
            took.add(noticeTheEnd());
        }
        assertThat(took)
                .allSatisfy(each -> assertThat(each).as("each of %s", took).isLessThan(ENDED));
    }

    private Duration noticeTheEnd() throws Exception {
        there.kill();
        long begun = time.nanos();

        assertThatThrownBy(pending::text).isInstanceOf(OutcomeUnknownException.class);
        Duration took = since(begun);
        assertThat(closings.take()).contains("refused");
        assertThatThrownBy(oracle::isPaused).isInstanceOf(RequestNotSentException.class);
        return took;
    }

    @Test
    public void aProcessThatHangsIsNoticedByItsHeartbeats() throws Exception {
        long begun = time.nanos();
        signal("STOP");
        try {
            assertThatThrownBy(pending::text).isInstanceOf(OutcomeUnknownException.class);
            assertThat(since(begun)).isBetween(Duration.ofSeconds(2), HANGS.plus(BUSY_HOST));
            assertThat(closings.take()).contains("no sign of life for 4000 ms");
        } finally {
            signal("CONT");
        }
    }

    @Test
    public void aProcessThatHangsForAMomentLosesNothing() throws Exception {
        signal("STOP");
        oracle.hear("meanwhile");
        signal("CONT");
        oracle.resume();

        assertThat(pending.text()).isEqualTo("word");
        assertThat(oracle.heard()).isEqualTo(List.of("meanwhile"));
        assertThat(closings).isEmpty();
    }

    private Duration since(long begun) {
        return Duration.ofNanos(time.nanos() - begun);
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(there.pid())).start();
        assertThat(kill.waitFor()).as("kill -%s", name).isZero();
    }
}
