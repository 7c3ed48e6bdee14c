package org.actium.deployment.mina;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/** The keys of hosts that were accepted before. No other is accepted, and none is added. */
final class KnownHosts implements ServerKeyVerifier {

    private final List<Path> files;
    private final List<ServerKeyVerifier> verifiers; // guarded by lock: while one reads its file, others find nothing
    private final ReentrantLock lock = new ReentrantLock();

    KnownHosts(List<Path> files) {
        this.files = files;
        this.verifiers = files.stream()
                .<ServerKeyVerifier>map(
                        file -> new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, file))
                .toList();
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
        lock.lock();
        try {
            return verifiers.stream().anyMatch(verifier -> verifier.verifyServerKey(session, address, key));
        } finally {
            lock.unlock();
        }
    }

    /** The algorithms, those first with which the key of the host is known: it shows only one of its keys. */
    String ordered(String host, int port, String algorithms) {
        Collection<String> known = files.stream()
                .filter(Files::isReadable)
                .flatMap(KnownHosts::entries)
                .filter(entry -> entry.isHostMatch(host, port) && entry.getKeyEntry() != null)
                .map(entry -> entry.getKeyEntry().getKeyType())
                .collect(Collectors.toSet());
        Comparator<String> unknownLast = Comparator.comparing(algorithm -> !known.contains(keyType(algorithm)));
        return Stream.of(algorithms.split(",")).sorted(unknownLast).collect(Collectors.joining(","));
    }

    private static Stream<KnownHostEntry> entries(Path file) {
        try {
            return KnownHostEntry.readKnownHostEntries(file).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A key of one type signs with several algorithms. */
    private static String keyType(String algorithm) {
        return algorithm.startsWith("rsa-") ? "ssh-rsa" : algorithm;
    }
}
