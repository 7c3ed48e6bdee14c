package org.actium.launcher.cli;

/** What a command tells the shell. */
public final class ExitCode {

    public static final int OK = 0;
    /** Something went wrong while working: a deployment failed, a container did not stop. */
    public static final int FAILED = 1;
    /** Wrong usage or bad input; nothing was done. */
    public static final int USAGE = 2;
    /** This machine is not as it should be: a port is taken, a container runs already, a bundle does not start. */
    public static final int ENVIRONMENT = 3;
    /** No container is running that could do it. */
    public static final int NOT_RUNNING = 4;

    private ExitCode() {}
}
