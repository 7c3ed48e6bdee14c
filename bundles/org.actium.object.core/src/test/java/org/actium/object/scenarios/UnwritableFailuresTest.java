package org.actium.object.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.security.auth.login.LoginException;
import org.actium.object.api.RemoteFailureException;
import org.actium.runtime.api.Node;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Failures that cannot be written, for reasons that are longer than most texts. */
public class UnwritableFailuresTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(30);

    private final MemoryNetwork network = new MemoryNetwork();
    private final TestRuntime caller = new TestRuntime("caller", network);
    private final TestRuntime other = new TestRuntime("other", network);
    private final Node far = other.runtime.createNode("far", Optional.empty());

    @Before
    public void forget() {
        Counter.HELD.clear();
    }

    @After
    public void stop() {
        caller.close();
        other.close();
        network.close();
    }

    /** Says at length why it cannot be written. */
    public static class Wordy extends IllegalStateException {
        private static final long serialVersionUID = 1;

        public Wordy() {
            super("planted");
        }

        @SuppressWarnings("unused") // serialization calls it
        private void writeObject(ObjectOutputStream out) {
            throw new IllegalStateException("no! ".repeat(20_000));
        }
    }

    public static class Grumbler {
        public int grumble() {
            throw new Wordy();
        }

        public int login() throws LoginException {
            throw new LoginException("who are you");
        }
    }

    @Test
    public void aReplyDescribesTheFailureAndSaysWhyItCouldNotBePassedOn() {
        Grumbler grumbler = caller.objects.newActive(Grumbler.class).on(far).start();

        assertThatThrownBy(grumbler::grumble)
                .isInstanceOf(RemoteFailureException.class)
                .hasMessageContaining("Wordy: planted")
                .hasMessageContaining("no! no!");
    }

    @Test
    public void whoeverHoldsAFutureElsewhereHearsOfTheFailure() throws InterruptedException {
        Counter counter = caller.objects.newActive(Counter.class).on(far).start();
        CompletableFuture<Counter.Count> later = new CompletableFuture<>();
        counter.hold(later);
        counter.value(); // by now it holds the future

        later.completeExceptionally(new Wordy());

        assertThat(Counter.HELD.take())
                .isInstanceOf(RemoteFailureException.class)
                .hasMessageContaining("Wordy: planted");
    }

    /** The packages of the JDK besides those of {@code java} have too much that must not be read. */
    @Test
    public void anExceptionOfTheJdkThatIsNotSentIsNamedWithWhatToDo() {
        for (Grumbler grumbler : List.of(
                caller.objects.newActive(Grumbler.class).on(far).start(),
                caller.objects.newActive(Grumbler.class).start())) {
            assertThatThrownBy(grumbler::login)
                    .isInstanceOf(RemoteFailureException.class)
                    .hasMessageContaining("javax.security.auth.login.LoginException: who are you")
                    .hasMessageContaining(
                            "only those of its java packages are sent; catch it, and throw one of your own");
        }
    }
}
