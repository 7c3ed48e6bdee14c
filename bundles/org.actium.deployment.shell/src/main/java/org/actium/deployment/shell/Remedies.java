package org.actium.deployment.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.actium.deployment.shell.api.Hop;

/** What to do about what remote shells say when they do not get through. */
final class Remedies {

    private static final Map<String, String> BY_WORDS = byWords();

    private Remedies() {}

    private static Map<String, String> byWords() {
        var remedies = new LinkedHashMap<String, String>();
        remedies.put(
                "Host key verification failed",
                "connect once by hand to see and accept its key: ssh {there}; a key that has changed must be taken out of"
                        + " ~/.ssh/known_hosts first");
        remedies.put(
                "Permission denied",
                "let this user in there: ssh-copy-id {there} for ssh, a line in ~/.rhosts there for rsh and rlogin; or name"
                        + " another user or key in the descriptor");
        remedies.put("Could not resolve hostname", "check its name; no address is known for '{host}'");
        remedies.put("Unknown host", "check its name; no address is known for '{host}'");
        remedies.put("Connection refused", "start sshd there, or rshd and rlogind; nothing listens at '{host}'");
        remedies.put("No route to host", "check that '{host}' is switched on and connected");
        remedies.put("timed out", "check that '{host}' is switched on, and that no firewall drops what goes there");
        remedies.put("no shell answered", "let this user in there without a password: a line in ~/.rhosts");
        remedies.put(
                "No space left on device", "make room on '{host}': in the home of the user, and in $TMPDIR or /tmp");
        remedies.put("Disk quota exceeded", "make room on '{host}': the user there may not have more");
        return remedies;
    }

    /** @param words what the shell said */
    static String of(String words, Hop last) {
        return known(words, last).orElseGet(() -> "try it by hand, from the host before: " + last.shell() + " " + last);
    }

    /** Empty if the words are none that it knows. */
    static Optional<String> known(String words, Hop last) {
        return BY_WORDS.entrySet().stream()
                .filter(remedy -> words.contains(remedy.getKey()))
                .map(Map.Entry::getValue)
                .map(remedy -> remedy.replace("{there}", last.toString()).replace("{host}", last.host()))
                .findFirst();
    }
}
