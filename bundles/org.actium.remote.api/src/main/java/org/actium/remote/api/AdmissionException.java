package org.actium.remote.api;

/** The other side refuses this runtime, or is not who it should be. Do not retry unchanged. */
public final class AdmissionException extends RemotingException {

    private static final long serialVersionUID = 1;

    public AdmissionException(String message) {
        super(message);
    }

    public AdmissionException(String message, Throwable cause) {
        super(message, cause);
    }
}
