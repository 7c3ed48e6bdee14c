package org.actium.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class OptionsTest {

    private static Options options(String... more) {
        List<String> all = new ArrayList<>(List.of("--home", "/home", "--jar", "/a.jar", "--testbed", "/bed"));
        all.addAll(List.of(more));
        return Options.parse(all.toArray(String[]::new));
    }

    @Test
    public void lastsAsLongAsAskedAndOneRunOtherwise() {
        assertThat(options().time()).isZero();
        assertThat(options("--hours", "1.5").time()).isEqualTo(Duration.ofMinutes(90));
        assertThat(options("--minutes", "3").time()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    public void demandsTheRateOfAMachineThatDoesNothingElseUnlessToldOtherwise() {
        assertThat(options().rate()).isEqualTo(50);
        assertThat(options("--rate", "0").rate()).isZero();
    }

    @Test
    public void isOnThisMachineUnlessHostsAreNamed() {
        assertThat(options().place()).isEqualTo(new Place.ThisMachine());
        assertThat(options("--hosts", "host1,host2").place())
                .isEqualTo(new Place.Hosts(Path.of("/bed/hosts"), List.of("host1", "host2"), "10.77.0.254"));
    }

    @Test
    public void saysWhatItDoesNotUnderstand() throws IOException {
        assertThat(said("--days", "3")).startsWith("2 actium: torture: does not know what to do with '--days'");
        assertThat(said("--hours")).startsWith("2 actium: torture: option --hours wants a value");
        assertThat(said("--hours", "many")).startsWith("2 actium: torture: option --hours wants a number, not 'many'");
        assertThat(said("--cycles", "0")).startsWith("2 actium: torture: option --cycles wants a number from 1");
        assertThat(said("--help")).startsWith("0 usage: actium torture");
    }

    private static String said(String... arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exitCode = Torture.run(new PrintStream(out, true), arguments);
        return exitCode + " " + out;
    }
}
