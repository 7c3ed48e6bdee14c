package org.actium.application.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.actium.application.api.Actium;
import org.actium.application.api.UnusableOptionException;

/** Runs in a bundle of its own, so that all it can tell the test goes through a file. */
public final class SampleApplication {

    private SampleApplication() {}

    /** @param arguments a file to write to, and perhaps {@code fail}, {@code refuse} or {@code ask} */
    public static void main(String[] arguments) throws IOException {
        Actium actium = Actium.here();
        Files.write(
                Path.of(arguments[0]),
                List.of(
                        "options " + actium.options(),
                        "deployed " + actium.deployment().isPresent(),
                        "context loader "
                                + (Thread.currentThread().getContextClassLoader()
                                        == SampleApplication.class.getClassLoader())));
        if (arguments.length > 1 && arguments[1].equals("ask")) {
            actium.facility(Runnable.class).run();
        } else if (arguments.length > 1) {
            fail(arguments[1]);
        }
    }

    private static void fail(String how) {
        if (how.equals("refuse")) {
            throw new UnusableOptionException("option b wants a number, not 'x'");
        }
        throw new IllegalStateException("on purpose", new IOException("the reason"));
    }
}
