package org.actium.security.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.actium.remote.api.AdmissionException;
import org.actium.remote.api.Channel;
import org.actium.remote.api.FrameHandler;
import org.actium.remote.api.JoinToken;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkListener;
import org.actium.remote.api.Links;
import org.actium.remote.api.RemoteFailureException;
import org.actium.remote.api.RemoteObjects;
import org.actium.remote.api.UnreachableException;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.Registration;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.LocalRuntime;
import org.actium.security.api.EnrolmentException;
import org.junit.Test;

/** Whom a member asks whose sponsor is no longer where it was. */
public class RemoteCertificationTest {

    private static final Endpoint PLACE = new Endpoint("10.0.0.1", 4000);
    private static final byte[] REQUEST = {1};

    private final Random random = new Random(7);
    private final Domain domain = new Domain();
    private final RemoteCertification certification = new RemoteCertification(
            domain,
            domain,
            new DomainSecurity(
                    new LocalRuntime("member", random),
                    new HandMovedTime(),
                    random,
                    new DomainSettings(false, Optional.empty(), Duration.ofDays(1))));
    private final RuntimeAddress former = address("former", new Endpoint("10.0.0.1", 3999), PLACE);
    private final RuntimeId joiner = RuntimeId.random(random);

    private RuntimeAddress address(String name, Endpoint... endpoints) {
        return new RuntimeAddress(RuntimeId.random(random), name, List.of(endpoints));
    }

    @Test
    public void aSponsorThatAnswersIsAsked() throws EnrolmentException {
        domain.authorities.put(former.id(), new Answering(1));
        assertThat(certification.certify(former, joiner, REQUEST)).containsExactly(1);
        assertThat(domain.resolved).isZero();
    }

    @Test
    public void whoeverIsInThePlaceOfASponsorThatIsGoneIsAsked() throws EnrolmentException {
        RuntimeAddress successor = address("successor", PLACE);
        domain.listening.put(PLACE, successor);
        domain.authorities.put(successor.id(), new Answering(2));
        assertThat(certification.certify(former, joiner, REQUEST)).containsExactly(2);
        assertThat(certification.expel(former, joiner)).containsExactly(2);
    }

    @Test
    public void aSponsorThatIsGoneIsNamedWhenNobodyIsInItsPlace() {
        assertThatThrownBy(() -> certification.certify(former, joiner, REQUEST))
                .isInstanceOf(EnrolmentException.class)
                .hasMessage(former + " gives no certificate: " + former.id() + " has ended");
        assertThat(domain.resolved).isEqualTo(2);
    }

    @Test
    public void whoIsInThePlaceOfItsOwnSponsorDoesNotAskItself() {
        domain.listening.put(PLACE, domain.self);
        domain.authorities.put(domain.self.id(), new Answering(3));
        assertThatThrownBy(() -> certification.certify(former, joiner, REQUEST)).isInstanceOf(EnrolmentException.class);
    }

    @Test
    public void whatComesBackWhileItIsAskedForIsRefused() {
        RuntimeAddress successor = address("successor", PLACE);
        domain.listening.put(PLACE, successor);
        domain.authorities.put(successor.id(), new Passing());

        assertThatThrownBy(() -> certification.certify(former, joiner, REQUEST))
                .isInstanceOf(EnrolmentException.class)
                .hasMessageContaining("goes round in a circle");
        assertThatThrownBy(() -> certification.expel(former, joiner))
                .isInstanceOf(EnrolmentException.class)
                .hasMessageContaining("goes round in a circle");
        domain.authorities.put(successor.id(), new Answering(4));
        assertThatCode(() -> certification.certify(former, joiner, REQUEST))
                .as("afterwards it may be asked for once more")
                .doesNotThrowAnyException();
    }

    /** A member whose own sponsor is who asks it. */
    private final class Passing implements Certification {

        @Override
        public byte[] certify(RuntimeId member, byte[] request) {
            return passed(() -> certification.certify(former, member, request));
        }

        @Override
        public byte[] expel(RuntimeId member) {
            return passed(() -> certification.expel(former, member));
        }

        private byte[] passed(Callable<byte[]> question) {
            try {
                return question.call();
            } catch (Exception refused) {
                throw new RemoteFailureException(refused.getClass().getName(), refused.getMessage());
            }
        }
    }

    private record Answering(int number) implements Certification {

        @Override
        public byte[] certify(RuntimeId member, byte[] request) {
            return new byte[] {(byte) number};
        }

        @Override
        public byte[] expel(RuntimeId member) {
            return new byte[] {(byte) number};
        }
    }

    /** Does not answer. */
    private record Ended(RuntimeId id) implements Certification {

        @Override
        public byte[] certify(RuntimeId member, byte[] request) {
            throw new UnreachableException(id + " has ended");
        }

        @Override
        public byte[] expel(RuntimeId member) {
            throw new UnreachableException(id + " has ended");
        }
    }

    /** Who listens where, and who answers. */
    private final class Domain implements RemoteObjects, Links {

        private final RuntimeAddress self = address("member", new Endpoint("10.0.0.2", 4000));
        private final Map<Endpoint, RuntimeAddress> listening = new HashMap<>();
        private final Map<RuntimeId, Certification> authorities = new HashMap<>();
        private int resolved;

        @Override
        public <T> Registration export(Class<T> contract, String name, T object) {
            return () -> {};
        }

        @Override
        public <T> T at(RuntimeAddress runtime, Class<T> contract, String name) {
            return contract.cast(authorities.getOrDefault(runtime.id(), new Ended(runtime.id())));
        }

        @Override
        public RuntimeAddress self() {
            return self;
        }

        @Override
        public RuntimeAddress resolve(Endpoint endpoint) {
            resolved++;
            if (!listening.containsKey(endpoint)) {
                throw new AdmissionException("one of another domain answers at " + endpoint);
            }
            return listening.get(endpoint);
        }

        @Override
        public List<Link> all() {
            return List.of();
        }

        @Override
        public Optional<Link> existing(RuntimeId peer) {
            return Optional.empty();
        }

        @Override
        public Link to(RuntimeAddress peer) {
            throw new UnsupportedOperationException("needs no link");
        }

        @Override
        public Link join(Endpoint parent, JoinToken token, Duration timeout) {
            throw new UnsupportedOperationException("joins nobody");
        }

        @Override
        public Registration handle(Channel channel, FrameHandler handler) {
            return () -> {};
        }

        @Override
        public Registration listen(LinkListener listener) {
            return () -> {};
        }
    }
}
