package org.actium.remote.tcp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.LocalRuntime;
import org.actium.security.api.EnrolmentException;
import org.actium.security.domain.DomainSecurity;
import org.actium.security.domain.DomainSettings;

/** A domain of runtimes in this JVM, whose founder knows them all. */
final class TestDomain {

    private final Random random;
    private final SettableTime time;
    private final DomainSecurity founder;

    TestDomain(long seed, SettableTime time) {
        this.random = new Random(seed);
        this.time = time;
        this.founder = runtime("founder");
    }

    private DomainSecurity runtime(String name) {
        return new DomainSecurity(
                new LocalRuntime(name, random),
                time,
                random,
                new DomainSettings(false, Optional.empty(), Duration.ofHours(3)));
    }

    DomainSecurity founder() {
        return founder;
    }

    /** One that belongs to no domain yet. */
    DomainSecurity stranger() {
        return runtime("stranger");
    }

    DomainSecurity member() throws EnrolmentException {
        LocalRuntime identity = new LocalRuntime("member", random);
        DomainSecurity member = new DomainSecurity(
                identity, time, random, new DomainSettings(false, Optional.empty(), Duration.ofHours(3)));
        member.accept(
                founder.grant(member.request(), identity.id()),
                new RuntimeAddress(new RuntimeId(1, 1), "founder", List.of()));
        return member;
    }
}
