package org.actium.ssh.mina;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.common.SshException;

/** Why something failed, in words that people know from the program {@code ssh}. */
final class Words {

    private Words() {}

    /** @param whom that was asked */
    static String of(Throwable failed, String whom, Duration timeout) {
        Throwable cause = failed;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String words = String.valueOf(cause.getMessage());
        if (cause instanceof TimeoutException || words.contains("within specified timeout")) {
            return whom + " has not answered for " + timeout.toMillis() + " ms";
        }
        if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
            return "Could not resolve hostname " + whom;
        }
        if (failed instanceof SshException && words.contains("No more authentication methods available")) {
            return "Permission denied: " + whom + " has accepted none of the keys (" + words + ")";
        }
        return words.contains("Server key did not validate")
                ? "Host key verification failed: the key of " + whom
                        + " is not the one in known_hosts, or there is none"
                : words;
    }
}
