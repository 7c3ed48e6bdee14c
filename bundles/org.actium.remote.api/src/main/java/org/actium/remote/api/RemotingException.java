package org.actium.remote.api;

/** Something between two runtimes did not work; the subclasses say what a caller may conclude. */
public abstract sealed class RemotingException extends RuntimeException
        permits UnreachableException, AdmissionException, LinkClosedException, NoSuchRemoteObjectException {

    private static final long serialVersionUID = 1;

    RemotingException(String message) {
        super(message);
    }

    RemotingException(String message, Throwable cause) {
        super(message, cause);
    }
}
