package org.actium.object.api;

/** Something went wrong between a caller and an active object; what the object itself throws arrives as it is. */
public abstract sealed class ActiveObjectException extends RuntimeException
        permits CreationException,
                RequestNotSentException,
                InboxFullException,
                OutcomeUnknownException,
                BodyTerminatedException,
                ServiceInterruptedException,
                CallTimeoutException,
                CallRefusedException,
                RemoteFailureException {

    private static final long serialVersionUID = 1;

    ActiveObjectException(String message) {
        super(message);
    }

    ActiveObjectException(String message, Throwable cause) {
        super(message, cause);
    }
}
