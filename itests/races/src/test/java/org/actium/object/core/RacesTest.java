package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;

/** Runs every race; what is not acceptable comes out as an {@link AssertionError} with the counts. */
public class RacesTest {

    /** How long each of some repetitions of a race lasts; more finds more. */
    private static final String MILLIS = System.getProperty("races.millis", "200");

    @Rule
    public final TemporaryFolder results = new TemporaryFolder(Path.of("target").toFile());

    @Test
    public void noRaceEndsInWhatIsNotAcceptable() throws Exception {
        Options options = new Options(new String[] {
            "-t",
            "Races",
            "-r",
            results.getRoot().getPath(),
            "-m",
            "quick",
            "-time",
            MILLIS,
            "-hs",
            "64",
            "-sc",
            "false",
            "-af",
            "NONE",
            "-jvmArgs",
            "-XX:+UseSerialGC"
        });
        assertThat(options.parse()).as("whether jcstress knows these options").isTrue();
        JCStress races = new JCStress(options);

        assertThat(races.getTests()).hasSizeGreaterThanOrEqualTo(36);
        races.run();
    }
}
