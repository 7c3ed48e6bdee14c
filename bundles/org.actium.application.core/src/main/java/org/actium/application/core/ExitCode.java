package org.actium.application.core;

/** What a command tells the shell. */
final class ExitCode {

    static final int OK = 0;
    /** Something went wrong while working: a deployment failed, the application threw. */
    static final int FAILED = 1;
    /** Wrong usage or bad input: nothing was started. */
    static final int USAGE = 2;

    private ExitCode() {}
}
