package org.actium.security.domain;

import java.io.IOException;
import java.security.PublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.EnrolmentException;

/** Which identities have certificates, and for which key, so that nobody else gets one of the same identity. */
final class Identities {

    /** Keeps what must be known after a restart. */
    @FunctionalInterface
    interface Journal {

        /** For an authority that ends with its runtime. */
        Journal NONE = (_, _) -> {};

        /** Returns when a power failure does not undo it any more. Called by one thread at a time. */
        void append(RuntimeId member, Entry entry) throws IOException;
    }

    /**
     * @param key the SHA-256 digest of the public key, in hexadecimal
     * @param until in whole seconds
     */
    record Entry(String key, Instant until) {

        static Entry of(PublicKey key, Instant until) {
            return new Entry(
                    HexFormat.of().formatHex(Keys.digest(key.getEncoded())),
                    until.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    // guarded by lock
    private final Map<RuntimeId, Entry> taken;
    private final Journal journal;

    /** @param taken those there are, which is changed */
    Identities(Map<RuntimeId, Entry> taken, Journal journal) {
        this.taken = taken;
        this.journal = journal;
    }

    /**
     * Takes an identity, unless somebody with another key has it.
     *
     * @return whether it was free
     * @throws EnrolmentException if that could not be kept: then it is not taken
     */
    boolean claim(RuntimeId member, PublicKey key, Instant until, Instant now) throws EnrolmentException {
        Entry entry = Entry.of(key, until);
        lock.lock();
        try {
            taken.values().removeIf(old -> old.until.isBefore(now));
            Entry before = taken.get(member);
            if (before != null && !before.key.equals(entry.key)) {
                return false;
            }
            keep(member, entry);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes an identity for whoever has shown that it is his, or that it is new.
     *
     * @throws EnrolmentException if that could not be kept: then it is not taken
     */
    void take(RuntimeId member, PublicKey key, Instant until) throws EnrolmentException {
        lock.lock();
        try {
            keep(member, Entry.of(key, until));
        } finally {
            lock.unlock();
        }
    }

    private void keep(RuntimeId member, Entry entry) throws EnrolmentException {
        try {
            journal.append(member, entry);
        } catch (IOException full) {
            throw new EnrolmentException(
                    "runtime " + member + " gets no certificate, because the authority cannot keep who has it: "
                            + full.getMessage(),
                    full);
        }
        taken.put(member, entry);
    }
}
