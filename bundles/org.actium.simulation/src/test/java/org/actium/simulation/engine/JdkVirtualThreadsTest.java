package org.actium.simulation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class JdkVirtualThreadsTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    @Test
    public void aJvmThatIsClosedToUsIsToldWhatToAdd() throws IOException, InterruptedException {
        assertThat(OtherJvm.output(List.of(), Reach.class))
                .contains("the simulator cannot reach java.lang.ThreadBuilders of JDK " + Runtime.version())
                .contains("add --add-opens java.base/java.lang=ALL-UNNAMED");
    }

    @Test
    public void aJvmThatIsOpenIsReached() throws IOException, InterruptedException {
        assertThat(OtherJvm.output(OtherJvm.ARGUMENTS, Reach.class)).isEqualToIgnoringNewLines("reached");
    }

    static final class Reach {
        public static void main(String[] arguments) {
            try {
                JdkVirtualThreads.reach();
                System.out.println("reached");
            } catch (UnsupportedJdkException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}
