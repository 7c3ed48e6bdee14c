package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.Test;

/**
 * Has Lincheck make up scenarios of three threads, and look whether what they saw of an {@link Inbox} can be explained by
 * some order of what they did. The model checker tries orders one by one, as if memory were the same for all threads; under
 * stress they come as this machine has them.
 */
public class LinearizabilityTest {

    /** More finds more. */
    private static final int SCENARIOS = Integer.getInteger("linearizability.scenarios", 20);

    @Test
    public void anInboxIsAQueueInEveryOrderOfSteps() {
        ModelCheckingOptions orders =
                new ModelCheckingOptions().iterations(SCENARIOS).invocationsPerIteration(1_000);

        assertThatCode(() -> check(orders, QueueUse.class)).doesNotThrowAnyException();
    }

    @Test
    public void anInboxIsAQueueUnderStress() {
        StressOptions stress = new StressOptions().iterations(SCENARIOS).invocationsPerIteration(200);

        assertThatCode(() -> check(stress, QueueUse.class)).doesNotThrowAnyException();
    }

    @Test
    public void aBoundThatIsLookedAtBeforehandIsFoundOut() {
        assertThatThrownBy(() -> check(orders(), WrongUses.LooksForRoomFirst.class))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    @Test
    public void aTakerThatSleepsThroughAPushIsFoundOut() {
        assertThatThrownBy(() -> check(orders(), WrongUses.SleepsWithoutLookingAgain.class))
                .isInstanceOf(LincheckAssertionError.class);
    }

    private static ModelCheckingOptions orders() {
        return new ModelCheckingOptions().iterations(100).invocationsPerIteration(1_000);
    }

    private static void check(Options<?, ?> options, Class<? extends QueueUse> use) {
        options.threads(3)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(2)
                .sequentialSpecification(SequentialInbox.class)
                .check(use);
    }
}
