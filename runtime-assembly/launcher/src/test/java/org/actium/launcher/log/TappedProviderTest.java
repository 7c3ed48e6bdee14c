package org.actium.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;

public class TappedProviderTest {

    private final TappedProvider provider = new TappedProvider();
    private final List<LoggingEvent> heard = new ArrayList<>();

    private TappedLoggers loggers() {
        provider.initialize();
        return (TappedLoggers) provider.getLoggerFactory();
    }

    @Test
    public void aListenerHearsWhatIsLoggedUntilItEnds() {
        TappedLoggers loggers = loggers();
        Logger log = loggers.getLogger("test.heard");
        IllegalStateException thrown = new IllegalStateException("on purpose");
        Runnable end = loggers.apply(heard::add);

        log.error("{} of {}", 1, "two", thrown);
        end.run();
        log.error("unheard");

        assertThat(heard).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getLoggerName()).isEqualTo("test.heard");
            assertThat(event.getMessage()).isEqualTo("{} of {}");
            assertThat(event.getArgumentArray()).containsExactly(1, "two");
            assertThat(event.getThrowable()).isSameAs(thrown);
        });
    }

    @Test
    public void whatIsNotLoggedIsNotHeard() {
        TappedLoggers loggers = loggers();
        loggers.apply(heard::add);
        Logger log = loggers.getLogger("test.levels");

        log.trace("too fine");

        assertThat(log.isTraceEnabled()).isFalse();
        assertThat(log.isErrorEnabled()).isTrue();
        assertThat(heard).isEmpty();
        assertThat(loggers.getLogger("test.levels")).isSameAs(log);
    }
}
