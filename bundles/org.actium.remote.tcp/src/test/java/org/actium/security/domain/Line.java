package org.actium.security.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.security.api.EnrolmentException;

/** Brings requests for certificates to one other runtime of this JVM, instead of calls of remote objects. */
public record Line(DomainSecurity other) implements Sponsors {

    /** Lets a runtime ask another one. */
    public static void between(DomainSecurity member, DomainSecurity other) {
        member.use(new Line(other));
    }

    /** Until when one believes another to be a member. */
    public static Optional<Instant> memberUntil(DomainSecurity who, RuntimeId peer) {
        return who.memberUntil(peer);
    }

    /** That it has the key of its certificate, as it shows that to another. */
    public static byte[] proof(DomainSecurity who, RuntimeId to) {
        return who.proof(to);
    }

    /** Its list of those who are members no longer, as it passes that on. */
    public static byte[] expulsions(DomainSecurity who) {
        return who.expulsions().encoded();
    }

    @Override
    public byte[] certify(RuntimeAddress sponsor, RuntimeId member, byte[] request) throws EnrolmentException {
        return other.grant(request, member);
    }

    @Override
    public byte[] expel(RuntimeAddress sponsor, RuntimeId member) throws EnrolmentException {
        return other.expelForOthers(member).encoded();
    }

    @Override
    public List<RuntimeAddress> linked() {
        return List.of();
    }
}
