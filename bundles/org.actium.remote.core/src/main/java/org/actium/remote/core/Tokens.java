package org.actium.remote.core;

import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.actium.remote.api.JoinToken;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.spi.Time;

/** The join tokens this runtime issued. A token that was used or has expired is remembered for a while, to say so. */
final class Tokens {

    private static final int ID_BYTES = 4;
    private static final int SECRET_BYTES = 24;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Time time;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    // guarded by lock
    private final Map<String, Issued> issued = new HashMap<>();
    private final Map<RuntimeId, Enrolled> enrolled = new HashMap<>();

    Tokens(Time time, RandomGenerator random) {
        this.time = time;
        this.random = random;
    }

    /** @param over whoever has used it has got the answer */
    private record Issued(JoinToken token, long expires, Optional<RuntimeId> usedBy, boolean over) {

        Issued usedBy(RuntimeId runtime) {
            return new Issued(token, expires, Optional.of(runtime), over);
        }

        Issued answered() {
            return new Issued(token, expires, usedBy, true);
        }
    }

    /** A runtime that got a certificate with a token, and has not come back with it. */
    private record Enrolled(String tokenId, long since) {}

    JoinToken issue(Duration validFor) {
        if (!validFor.isPositive()) {
            throw new IllegalArgumentException("a join token must be valid for some time, not for " + validFor);
        }
        JoinToken token = new JoinToken(
                HexFormat.of().formatHex(bytes(ID_BYTES)),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES)));
        lock.lock();
        try {
            issued.values().removeIf(old -> time.nanos() - old.expires > REMEMBERED.toNanos());
            issued.put(token.id(), new Issued(token, time.nanos() + validFor.toNanos(), Optional.empty(), false));
        } finally {
            lock.unlock();
        }
        return token;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    void revoke(JoinToken token) {
        lock.lock();
        try {
            issued.remove(token.id());
        } finally {
            lock.unlock();
        }
    }

    /**
     * What keeps the token of this id from admitting the runtime; empty if nothing does. Who has used it may come again with it,
     * because the answer may not have reached him, until it has.
     */
    Optional<String> obstacle(String id, RuntimeId runtime) {
        lock.lock();
        try {
            return isUsedBy(id, runtime) ? Optional.empty() : Optional.ofNullable(obstacleOf(id));
        } finally {
            lock.unlock();
        }
    }

    private String obstacleOf(String id) {
        Issued token = issued.get(id);
        if (token == null) {
            return "join token " + id + " was not issued here, or was revoked";
        }
        if (token.usedBy.isPresent()) {
            return "join token " + id + " was used already";
        }
        return time.nanos() - token.expires >= 0 ? "join token " + id + " has expired" : null;
    }

    /** The token of that id, to check a proof with; empty if it was not issued here. */
    Optional<JoinToken> find(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(issued.get(id)).map(Issued::token);
        } finally {
            lock.unlock();
        }
    }

    private boolean isUsedBy(String id, RuntimeId runtime) {
        Issued token = issued.get(id);
        return token != null
                && !token.over
                && token.usedBy.equals(Optional.of(runtime))
                && time.nanos() - token.expires < 0;
    }

    /** Uses the token up; returns what kept it from being used, if something did. See {@link #obstacle}. */
    Optional<String> use(String id, RuntimeId by) {
        lock.lock();
        try {
            Optional<String> obstacle = isUsedBy(id, by) ? Optional.empty() : Optional.ofNullable(obstacleOf(id));
            if (obstacle.isEmpty()) {
                issued.computeIfPresent(id, (same, token) -> token.usedBy(by));
            }
            return obstacle;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever has used the token has got the answer, and may not come again with it. */
    void answered(String id) {
        lock.lock();
        try {
            issued.computeIfPresent(id, (same, token) -> token.answered());
        } finally {
            lock.unlock();
        }
    }

    /** Notes with which token a runtime became a member. */
    void enrol(RuntimeId runtime, String tokenId) {
        lock.lock();
        try {
            enrolled.values().removeIf(old -> time.nanos() - old.since > REMEMBERED.toNanos());
            enrolled.put(runtime, new Enrolled(tokenId, time.nanos()));
        } finally {
            lock.unlock();
        }
    }

    /** The token with which a runtime became a member, until it {@link #arrived}. */
    Optional<String> enrolled(RuntimeId runtime) {
        lock.lock();
        try {
            return Optional.ofNullable(enrolled.get(runtime)).map(Enrolled::tokenId);
        } finally {
            lock.unlock();
        }
    }

    /** It has come without a token. */
    void arrived(RuntimeId runtime) {
        lock.lock();
        try {
            enrolled.remove(runtime);
            issued.replaceAll((id, token) -> token.usedBy.equals(Optional.of(runtime)) ? token.answered() : token);
        } finally {
            lock.unlock();
        }
    }
}
