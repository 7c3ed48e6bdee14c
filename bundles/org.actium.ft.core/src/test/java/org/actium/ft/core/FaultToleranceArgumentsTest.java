package org.actium.ft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

public class FaultToleranceArgumentsTest {

    @Test
    public void readsWhatDescriptorsSay() {
        assertThat(FaultToleranceArguments.ofMessageLogging(Map.of()))
                .isEqualTo(new FaultToleranceArguments(Duration.ofSeconds(30), Optional.empty()));
        assertThat(FaultToleranceArguments.of(
                        Map.of("protocol", "pml", "ttc", "5", "globalServer", "rmi://localhost:1100/FTServer")))
                .isEqualTo(new FaultToleranceArguments(
                        Duration.ofSeconds(5), Optional.of("rmi://localhost:1100/FTServer")));
    }

    @Test
    public void oneServerIsAllThatThereIs() {
        assertThat(server("globalServer", "rmi://one", "resourceServer", "rmi://other"))
                .as("the global one counts")
                .contains("rmi://one");
        assertThat(server("checkpointServer", "rmi://one", "locationServer", "rmi://one"))
                .contains("rmi://one");
        assertThatThrownBy(() -> server("checkpointServer", "rmi://one", "locationServer", "rmi://other"))
                .hasMessage(
                        "{checkpointServer=rmi://one, locationServer=rmi://other} are different servers, and there is"
                                + " one for all that they do; name it as 'globalServer', or with the same URL each time");
    }

    private static Optional<String> server(String first, String url, String second, String otherUrl) {
        return FaultToleranceArguments.ofMessageLogging(Map.of(first, url, second, otherUrl))
                .server();
    }

    @Test
    public void refusesWhatItWouldNotKeep() {
        assertThatThrownBy(() -> FaultToleranceArguments.of(Map.of()))
                .as("descriptors that say nothing mean cic")
                .hasMessage("argument 'protocol' is 'cic'; there is only 'pml' so far, message logging");
        assertThatThrownBy(() -> FaultToleranceArguments.ofMessageLogging(Map.of("protocol", "cic")))
                .hasMessage("argument 'protocol' is 'cic'; there is only 'pml' so far, message logging");
        assertThatThrownBy(() -> FaultToleranceArguments.ofMessageLogging(Map.of("ttc", "0")))
                .hasMessage("argument 'ttc' is '0', which is not a number of seconds from 1");
        assertThatThrownBy(() -> FaultToleranceArguments.ofMessageLogging(Map.of("tcc", "5")))
                .hasMessage("unknown arguments [tcc]; there are protocol, ttc, globalServer, checkpointServer,"
                        + " locationServer, recoveryProcess, resourceServer");
    }
}
