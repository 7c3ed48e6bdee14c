package org.actium.itests;

import java.io.IOException;
import org.actium.itests.support.TestBed;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/**
 * Recoverable objects on hosts, over ssh and TLS: JVMs that are killed, alone and two at once, stand still and go on, hosts that are
 * cut off, a server that is killed. What clients saw is judged.
 */
public class TorturedHostsIT {

    private static final int CYCLES = 24;

    @ClassRule
    public static final TestBed BED = new TestBed(4);

    @Rule
    public final Timeout deadline = Timeout.seconds(1200);

    @Test
    public void whatClientsSeeIsAsIfNothingHadHappened() throws IOException {
        BED.assumeHosts();
        TortureIT.tortured(
                "hosts",
                CYCLES,
                2000,
                "--cycles",
                Integer.toString(CYCLES),
                "--hosts",
                String.join(",", BED.names()),
                "--here",
                TestBed.HERE,
                "--seed",
                System.getProperty("actium.seed", "10"));
    }
}
