package org.actium.remote.ssh;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.Test;

public class InThisJvmTest {

    @Test
    public void aClientThatIsNotInstalledIsNamedWithWhatToDo() {
        assertThatThrownBy(() -> new InThisJvm("mina", List.of(), System::nanoTime)
                        .open(new Way("login", "127.0.0.1", 4711), Duration.ofSeconds(1)))
                .isInstanceOf(IOException.class)
                .hasMessage("actium.ssh.client is 'mina', but no installed bundle offers that; install"
                        + " org.actium.ssh.mina, or say 'program'");
    }
}
