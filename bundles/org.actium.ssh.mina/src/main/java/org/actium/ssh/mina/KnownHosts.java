package org.actium.ssh.mina;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/**
 * The keys of hosts that were accepted before. No other is accepted, and none is added. A key that one of the files revokes is
 * accepted by none.
 */
final class KnownHosts implements ServerKeyVerifier {

    private static final String REVOKED = "revoked";
    private static final int DEFAULT_PORT = 22;

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
            return !isRevoked(session, address, key)
                    && verifiers.stream().anyMatch(verifier -> verifier.verifyServerKey(session, address, key));
        } finally {
            lock.unlock();
        }
    }

    private boolean isRevoked(ClientSession session, SocketAddress address, PublicKey key) {
        String shown = PublicKeyEntry.toString(key);
        return entries()
                .filter(entry -> REVOKED.equals(entry.getMarker()) && entry.getKeyEntry() != null)
                .filter(entry -> shown.equals(PublicKeyEntry.toString(key(entry))))
                .anyMatch(entry -> Stream.of(address, session.getConnectAddress())
                        .filter(Objects::nonNull)
                        .map(SshdSocketAddress::toSshdSocketAddress)
                        .anyMatch(host -> isOf(entry, host)));
    }

    /** A pattern without a port means every port. */
    private static boolean isOf(KnownHostEntry entry, SshdSocketAddress host) {
        return entry.isHostMatch(host.getHostName(), host.getPort())
                || entry.isHostMatch(host.getHostName(), DEFAULT_PORT);
    }

    private static PublicKey key(KnownHostEntry entry) {
        try {
            return entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
        } catch (IOException | GeneralSecurityException broken) {
            throw new IllegalStateException(
                    "the line '" + entry.getConfigLine() + "' of a known_hosts file has no key", broken);
        }
    }

    /** The algorithms, those first with which the key of the host is known: it shows only one of its keys. */
    String ordered(String host, int port, String algorithms) {
        Collection<String> known = entries()
                .filter(entry -> entry.isHostMatch(host, port) && entry.getKeyEntry() != null)
                .map(entry -> entry.getKeyEntry().getKeyType())
                .collect(Collectors.toSet());
        Comparator<String> unknownLast = Comparator.comparing(algorithm -> !known.contains(keyType(algorithm)));
        return Stream.of(algorithms.split(",")).sorted(unknownLast).collect(Collectors.joining(","));
    }

    private Stream<KnownHostEntry> entries() {
        return files.stream().filter(Files::isReadable).flatMap(KnownHosts::entries);
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
