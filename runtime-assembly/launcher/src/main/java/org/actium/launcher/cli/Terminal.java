package org.actium.launcher.cli;

import java.io.InputStream;
import java.io.PrintStream;

/** Where a command reads and writes. */
public record Terminal(InputStream in, PrintStream out, PrintStream err) {

    public static Terminal system() {
        return new Terminal(System.in, System.out, System.err);
    }
}
