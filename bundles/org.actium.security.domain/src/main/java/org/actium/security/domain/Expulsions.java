package org.actium.security.domain;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.EnrolmentException;

/**
 * Who is a member of the domain no longer, signed by its authority. A list replaces all with lower numbers. It names runtimes
 * and not the serial numbers of certificates: an identity is used once, and every certificate of it is meant, also one that
 * the authority issued a moment ago.
 *
 * <p>As bytes: the version in one byte, the number in eight, the number of entries in four; of each the identity in sixteen,
 * and when it was expelled and when its last certificate has expired, in seconds since 1970, in eight each; the length of the
 * signature in two, and the signature over the purpose and all that precedes it.
 *
 * @param number 0 for the list of nobody, which needs no signature
 * @param encoded empty for that list
 */
record Expulsions(long number, SortedMap<RuntimeId, Entry> members, byte[] encoded) {

    static final Expulsions NONE = new Expulsions(0, Collections.emptySortedMap(), new byte[0]);

    /** The longest list: some 32 000 members that were expelled within the life of one certificate. */
    static final int MOST_BYTES = 1 << 20;

    private static final byte VERSION = 1;
    private static final byte[] PURPOSE = "actium expelled members".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD_BYTES = 13;
    private static final int ENTRY_BYTES = 32;

    /** @param until by then the last certificate of the runtime has expired, and nobody needs the entry */
    record Entry(Instant since, Instant until) {}

    /**
     * The list after this one, with one more runtime and without those whose certificates have expired.
     *
     * @throws EnrolmentException if that would be longer than any that is read
     */
    Expulsions with(RuntimeId member, Instant now, Instant until, PrivateKey authority) throws EnrolmentException {
        SortedMap<RuntimeId, Entry> more = new TreeMap<>(members);
        more.values().removeIf(entry -> entry.until.isBefore(now));
        more.put(member, new Entry(now.truncatedTo(ChronoUnit.SECONDS), until.truncatedTo(ChronoUnit.SECONDS)));
        byte[] content = content(number + 1, more);
        byte[] signature = Keys.sign(authority, signed(content));
        int length = content.length + 2 + signature.length;
        if (length > MOST_BYTES) {
            throw new EnrolmentException("runtime " + member + " is not expelled: the list of " + more.size()
                    + " expelled members would have " + length + " bytes, and " + MOST_BYTES
                    + " are allowed; the first entry ends at "
                    + more.values().stream()
                            .map(Entry::until)
                            .min(Instant::compareTo)
                            .orElseThrow());
        }
        byte[] all = ByteBuffer.allocate(length)
                .put(content)
                .putShort((short) signature.length)
                .put(signature)
                .array();
        return new Expulsions(number + 1, Collections.unmodifiableSortedMap(more), all);
    }

    private static byte[] content(long number, Map<RuntimeId, Entry> members) {
        ByteBuffer content = ByteBuffer.allocate(HEAD_BYTES + members.size() * ENTRY_BYTES);
        content.put(VERSION).putLong(number).putInt(members.size());
        members.forEach((member, entry) -> content.putLong(member.high())
                .putLong(member.low())
                .putLong(entry.since.getEpochSecond())
                .putLong(entry.until.getEpochSecond()));
        return content.array();
    }

    private static byte[] signed(byte[] content) {
        return ByteBuffer.allocate(PURPOSE.length + content.length)
                .put(PURPOSE)
                .put(content)
                .array();
    }

    /** @throws EnrolmentException if it is not a list that this authority has signed, whatever it is */
    static Expulsions read(byte[] encoded, PublicKey authority) throws EnrolmentException {
        try {
            ByteBuffer list = ByteBuffer.wrap(encoded);
            byte version = list.get();
            if (version != VERSION) {
                throw new EnrolmentException(
                        "a list of expelled members of version " + version + "; this runtime reads version " + VERSION);
            }
            long number = list.getLong();
            int count = list.getInt();
            if (number <= 0 || count < 0 || count > list.remaining() / ENTRY_BYTES) {
                throw new BufferUnderflowException();
            }
            requireSigned(encoded, HEAD_BYTES + count * ENTRY_BYTES, authority); // before anything is made of it
            SortedMap<RuntimeId, Entry> members = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                members.put(
                        new RuntimeId(list.getLong(), list.getLong()),
                        new Entry(Instant.ofEpochSecond(list.getLong()), Instant.ofEpochSecond(list.getLong())));
            }
            return new Expulsions(number, Collections.unmodifiableSortedMap(members), encoded.clone());
        } catch (BufferUnderflowException | DateTimeException garbage) {
            throw new EnrolmentException("a list of expelled members that makes no sense", garbage);
        }
    }

    private static void requireSigned(byte[] encoded, int length, PublicKey authority) throws EnrolmentException {
        ByteBuffer rest = ByteBuffer.wrap(encoded, length, encoded.length - length);
        byte[] signature = new byte[Short.toUnsignedInt(rest.getShort())];
        rest.get(signature);
        if (rest.hasRemaining() || !Keys.verify(authority, signed(Arrays.copyOf(encoded, length)), signature)) {
            throw new EnrolmentException("a list of expelled members that the authority of this domain has not signed");
        }
    }

    /** By number and members, which the signature is about. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Expulsions list && number == list.number && members.equals(list.members);
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, members);
    }

    /** Why that runtime is no member; empty if it may be one. */
    Optional<String> obstacle(RuntimeId member) {
        return Optional.ofNullable(members.get(member))
                .map(entry -> "runtime " + member + " was expelled from the domain at " + entry.since);
    }
}
