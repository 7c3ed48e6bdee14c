package org.actium.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.junit.Rule;
import org.junit.Test;

public class ConsoleSessionTest {

    @Rule
    public final Gogo gogo = new Gogo();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A command for the tests. */
    public static final class Begin {
        private final List<PrintStream> consoles = new ArrayList<>();

        public String begin(CommandSession session) {
            consoles.add(session.getConsole());
            session.getConsole().println("it begins");
            return "begun";
        }
    }

    @Test
    public void whatACommandHasBegunPrintsNothingBehindTheLastByte() throws IOException {
        Begin begin = new Begin();
        gogo.add(begin, List.of("begin"));

        new ConsoleSession(gogo.processor(), typed(ConsoleSession.ONCE + "begin"), out).run();
        begin.consoles.getFirst().println("it goes on");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(ConsoleSession.PROMPT + "it begins\nbegun\n\u0000");
    }

    private static InputStream typed(String line) {
        return new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
