package org.actium.launcher.cli;

/** Ends a command: the message is for the person who typed it, the code for the shell. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    /** @param exitCode one of {@link ExitCode} */
    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public CommandFailure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    public static CommandFailure environment(String message) {
        return new CommandFailure(ExitCode.ENVIRONMENT, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
