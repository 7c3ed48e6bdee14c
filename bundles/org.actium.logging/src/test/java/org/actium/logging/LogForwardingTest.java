package org.actium.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Registration;
import org.actium.runtime.spi.Time;
import org.junit.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.DefaultLoggingEvent;
import org.slf4j.event.Level;

public class LogForwardingTest {

    private final ManualTime time = new ManualTime();
    private final List<String> shown = new ArrayList<>();
    private final List<Long> dropped = new ArrayList<>();
    private final LogForwarding forwarding =
            new LogForwarding("w1", new LogForwarding.Settings(Level.INFO, 8, 5), time);
    private boolean silent;

    private void show(String runtime, long nanos, List<LogRecord> records, long less) {
        if (silent) {
            throw new UnreachableException("nobody answers");
        }
        records.forEach(entry -> shown.add(runtime + " " + entry.level() + " " + entry.message()));
        dropped.add(less);
    }

    private void log(String... messages) {
        for (String message : messages) {
            log(Level.INFO, "test", message);
        }
    }

    private void log(Level level, String logger, String message) {
        Logger source = LoggerFactory.getLogger(logger);
        DefaultLoggingEvent event = new DefaultLoggingEvent(level, source);
        event.setMessage(message);
        forwarding.logged(event);
    }

    @Test
    public void whatWasLoggedBeforeThereIsAParentIsSentToIt() {
        log("starting");
        time.pass(Duration.ofMinutes(1));

        forwarding.to(this::show);
        time.pass(Duration.ZERO);

        assertThat(shown).containsExactly("w1 INFO starting");
    }

    @Test
    public void argumentsArePutIntoTheMessageAndExceptionsComeWithTheirTrace() {
        DefaultLoggingEvent event = new DefaultLoggingEvent(Level.WARN, LoggerFactory.getLogger("test"));
        event.setMessage("{} of {}");
        event.addArgument(1);
        event.addArgument("two");
        event.setThrowable(new IllegalStateException("on purpose"));

        LogRecord entry = LogRecord.of(event, 7);

        assertThat(entry.message()).isEqualTo("1 of two");
        assertThat(entry.level()).isEqualTo("WARN");
        assertThat(entry.trace())
                .startsWith("java.lang.IllegalStateException: on purpose")
                .contains("at org.actium.logging.LogForwardingTest.");
    }

    @Test
    public void noMoreIsSentInASecondThanSettingsSay() {
        forwarding.to(this::show);
        log("1", "2", "3", "4", "5");

        time.pass(LogForwarding.PAUSE);
        assertThat(shown).hasSize(2);
        time.pass(LogForwarding.PAUSE);
        assertThat(shown).hasSize(4);
        time.pass(Duration.ofSeconds(9));
        assertThat(shown).containsExactly("w1 INFO 1", "w1 INFO 2", "w1 INFO 3", "w1 INFO 4", "w1 INFO 5");
    }

    @Test
    public void whileTheParentIsSilentRecordsAreKeptAndSentInOrderAfterwards() {
        forwarding.to(this::show);
        silent = true;
        log("1", "2");
        time.pass(Duration.ofSeconds(3));
        log("3");
        time.pass(Duration.ofSeconds(3));
        assertThat(shown).isEmpty();

        silent = false;
        time.pass(Duration.ofSeconds(3));

        assertThat(shown).containsExactly("w1 INFO 1", "w1 INFO 2", "w1 INFO 3");
        assertThat(dropped).containsOnly(0L);
    }

    @Test
    public void ofTooManyTheOldestGoAndTheParentIsToldHowMany() {
        forwarding.to(this::show);
        silent = true;
        for (int i = 1; i <= 12; i++) {
            log("" + i);
            time.pass(Duration.ofSeconds(1));
        }

        silent = false;
        time.pass(Duration.ofSeconds(5));

        assertThat(shown).containsExactly("w1 INFO 8", "w1 INFO 9", "w1 INFO 10", "w1 INFO 11", "w1 INFO 12");
        assertThat(dropped.stream().mapToLong(Long::longValue).sum()).isEqualTo(7);
    }

    @Test
    public void whatIsLessSevereStaysHereAndSoDoesWhatSendingLogs() {
        LogForwarding all = new LogForwarding("w1", new LogForwarding.Settings(Level.TRACE, 100, 5), time);
        all.to(this::show);
        log(Level.DEBUG, "test", "not wanted");
        DefaultLoggingEvent own =
                new DefaultLoggingEvent(Level.DEBUG, LoggerFactory.getLogger("org.actium.remote.core.RuntimeLink"));
        own.setMessage("sent a frame");
        all.logged(own);
        forwarding.to(this::show);

        time.pass(Duration.ofSeconds(5));

        assertThat(shown).isEmpty();
    }

    @Test
    public void closingSendsTheRestAndNothingLater() {
        forwarding.to(this::show);
        log("1", "2", "3");

        forwarding.close();
        log("4");
        time.pass(Duration.ofSeconds(5));

        assertThat(shown).containsExactly("w1 INFO 1", "w1 INFO 2", "w1 INFO 3");
    }

    /** The other side of the closing: its timer has run out already, and cannot be cancelled any more. */
    @Test
    public void aBatchThatIsDueWhileItIsClosedIsNotSent() {
        List<Runnable> due = new ArrayList<>();
        Time late = (Time) Proxy.newProxyInstance(
                Time.class.getClassLoader(),
                new Class<?>[] {Time.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "nanos" -> 0L;
                    case "after" -> {
                        due.add((Runnable) arguments[1]);
                        yield (Registration) () -> {};
                    }
                    default -> throw new UnsupportedOperationException(method.toString());
                });
        var closing = new LogForwarding("w1", new LogForwarding.Settings(Level.INFO, 8, 5), late);
        closing.to(this::show);
        DefaultLoggingEvent event = new DefaultLoggingEvent(Level.INFO, LoggerFactory.getLogger("test"));
        event.setMessage("last");
        closing.logged(event);

        closing.close();
        due.forEach(Runnable::run);

        assertThat(shown).containsExactly("w1 INFO last");
        assertThat(dropped).as("one batch, and no empty one after it").hasSize(1);
    }
}
