package org.actium.security.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.actium.runtime.core.LocalRuntime;
import org.actium.security.api.EnrolmentException;
import org.junit.Test;

public class DomainSecurityTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final Random random = new Random(7);
    private final HandMovedTime time = new HandMovedTime();
    private final DomainSettings settings = new DomainSettings(false, Optional.empty(), DAY);
    private final LocalRuntime founderId = new LocalRuntime("founder", random);
    private final LocalRuntime memberId = new LocalRuntime("member", random);
    private final DomainSecurity founder = new DomainSecurity(founderId, time, random, settings);
    private final DomainSecurity member = new DomainSecurity(memberId, time, random, settings);
    private final RuntimeAddress sponsor = new RuntimeAddress(founderId.id(), "founder", List.of());

    private void join() throws EnrolmentException {
        member.accept(founder.grant(member.request(), memberId.id()), sponsor);
    }

    private X509Certificate certificate() {
        return member.credentials().certificate();
    }

    @Test
    public void whoJoinsHasACertificateOfTheDomainForItsIdentity() throws Exception {
        join();
        assertThat(Certificates.member(certificate())).contains(memberId.id());
        certificate().verify(authority().getPublicKey());
        assertThat(certificate().getNotAfter().toInstant())
                .isEqualTo(time.instant().plus(DAY));
        assertThat(certificate().getKeyUsage()[0]).as("digital signature").isTrue();
        assertThat(certificate().getBasicConstraints()).as("no authority").isEqualTo(-1);
    }

    private X509Certificate authority() throws EnrolmentException {
        RuntimeId id = RuntimeId.random(random);
        return Grant.read(founder.grant(CertificateRequest.first(Keys.generate(), id), id))
                .authority();
    }

    @Test
    public void aCertificateIsRenewedAfterTwoThirdsOfItsLife() throws Exception {
        founder.credentials();
        join();
        member.use(new DirectLine(founder, sponsor));
        X509Certificate first = certificate();
        X509Certificate firstOfFounder = founder.credentials().certificate();

        time.advance(Duration.ofHours(15));
        assertThat(certificate()).isEqualTo(first);
        time.advance(Duration.ofHours(1));

        assertThat(certificate().getNotAfter()).isAfter(first.getNotAfter());
        assertThat(certificate().getPublicKey()).as("with a key of its own").isNotEqualTo(first.getPublicKey());
        assertThat(founder.credentials().certificate()).isNotEqualTo(firstOfFounder);
    }

    @Test
    public void clocksMayBeMoreThanAnHourApartEitherWay() throws Exception {
        for (Duration ofFounder : List.of(Duration.ofMinutes(10), Duration.ofMinutes(190))) {
            var here = new HandMovedTime();
            var there = new HandMovedTime();
            here.advance(ofFounder);
            there.advance(Duration.ofMinutes(100));
            var first = new DomainSecurity(founderId, here, random, settings);
            var second = new DomainSecurity(memberId, there, random, settings);

            second.accept(first.grant(second.request(), memberId.id()), sponsor);

            RuntimeId third = RuntimeId.random(random);
            X509Certificate authority = Grant.read(first.grant(CertificateRequest.first(Keys.generate(), third), third))
                    .authority();
            Trust.check(first.credentials().certificate(), authority, there.instant());
            Trust.check(second.credentials().certificate(), authority, here.instant());
        }
    }

    @Test
    public void aClockThatIsFurtherBehindIsNamedAsTheReason() {
        time.advance(Duration.ofHours(3));
        var behind = new DomainSecurity(memberId, new HandMovedTime(), random, settings);

        assertThatThrownBy(() -> behind.accept(founder.grant(behind.request(), memberId.id()), sponsor))
                .isInstanceOf(EnrolmentException.class)
                .hasMessageContaining("its certificate is valid from 2030-01-01T01:00:00Z; here it is"
                        + " 2030-01-01T00:00:00Z, so one of the clocks is wrong");
    }

    @Test
    public void aRenewalThatFailsIsTriedAgain() throws Exception {
        join();
        X509Certificate first = certificate();
        time.advance(Duration.ofHours(16));
        assertThat(certificate()).as("nobody could be asked").isEqualTo(first);

        member.use(new DirectLine(founder, sponsor));
        time.advance(Duration.ofMinutes(72));
        assertThat(certificate()).isNotEqualTo(first);
    }

    @Test
    public void aMemberPassesRequestsOnToItsSponsor() throws Exception {
        join();
        member.use(new DirectLine(founder, sponsor));
        LocalRuntime thirdId = new LocalRuntime("third", random);
        DomainSecurity third = new DomainSecurity(thirdId, time, random, settings);

        third.accept(
                member.grant(third.request(), thirdId.id()), new RuntimeAddress(memberId.id(), "member", List.of()));

        assertThat(Certificates.issuer(third.credentials().certificate()))
                .isEqualTo(Certificates.issuer(founder.credentials().certificate()));
    }

    @Test
    public void nobodyGetsACertificateForTheIdentityOfAnother() throws Exception {
        join();
        byte[] stolen = CertificateRequest.first(Keys.generate(), memberId.id());
        assertThatThrownBy(() -> founder.grant(stolen, memberId.id()))
                .isInstanceOf(EnrolmentException.class)
                .hasMessageContaining("has a certificate already, and does not show it");

        DomainSecurity thief = new DomainSecurity(new LocalRuntime("thief", random), time, random, settings);
        byte[] forged = CertificateRequest.renewal(
                Keys.generate(),
                memberId.id(),
                certificate(),
                thief.credentials().key());
        assertThatThrownBy(() -> founder.grant(forged, memberId.id()))
                .hasMessageContaining("not signed with the key of the certificate to be renewed");

        byte[] foreign = CertificateRequest.renewal(
                Keys.generate(),
                memberId.id(),
                thief.credentials().certificate(),
                thief.credentials().key());
        assertThatThrownBy(() -> founder.grant(foreign, memberId.id())).hasMessageContaining("of another domain");
    }

    @Test
    public void whoDidNotGetTheAnswerMayAskAgain() throws Exception {
        founder.grant(member.request(), memberId.id());
        join();
        assertThat(Certificates.member(certificate())).contains(memberId.id());
    }

    @Test
    public void whoHasAskedTwiceTakesBothAnswers() throws Exception {
        byte[] first = founder.grant(member.request(), memberId.id());
        byte[] second = founder.grant(member.request(), memberId.id());
        member.accept(second, sponsor);
        member.accept(first, sponsor);
        assertThat(Certificates.member(certificate())).contains(memberId.id());

        byte[] third = founder.grant(member.request(), memberId.id());
        member.accept(third, sponsor);
        assertThat(certificate()).isEqualTo(Grant.read(third).member());
    }

    @Test
    public void whoHasRenewedItsCertificateDoesNotGetTheFirstOneAgain() throws Exception {
        byte[] first = member.request();
        join();
        member.use(new DirectLine(founder, sponsor));
        time.advance(Duration.ofHours(16));
        X509Certificate renewed = certificate();

        assertThatThrownBy(() -> founder.grant(first, memberId.id()))
                .hasMessageContaining("has a certificate already, and does not show it");
        assertThatThrownBy(() -> founder.grant(member.request(), memberId.id()))
                .hasMessageContaining("has a certificate already, and does not show it");
        assertThat(certificate()).isEqualTo(renewed);
    }

    @Test
    public void anAnswerThatCameTwiceMakesNobodyForgetWhoWasExpelled() throws Exception {
        byte[] grant = founder.grant(member.request(), memberId.id());
        member.accept(grant, sponsor);
        RuntimeId third = RuntimeId.random(random);
        founder.expel(third);
        member.learn(founder.expulsions().encoded());
        member.accept(grant, sponsor);
        assertThat(member.expelled()).containsExactly(third);
    }

    @Test
    public void anExpiredCertificateIsNotRenewed() throws Exception {
        join();
        byte[] late = CertificateRequest.renewal(
                Keys.generate(),
                memberId.id(),
                certificate(),
                member.credentials().key());
        time.advance(Duration.ofHours(25));
        assertThatThrownBy(() -> founder.grant(late, memberId.id()))
                .hasMessageContaining("not valid: its certificate expired at 2030-01-02T00:00:00Z");
    }

    @Test
    public void aCertificateForAnotherKeyIsNotTaken() throws Exception {
        byte[] other = founder.grant(CertificateRequest.first(Keys.generate(), memberId.id()), memberId.id());
        member.request();
        assertThatThrownBy(() -> member.accept(other, sponsor)).hasMessageContaining("is for another runtime or key");
    }

    @Test
    public void whoseSponsorIsGoneIsRenewedThroughAnotherMember() throws Exception {
        join();
        LocalRuntime otherId = new LocalRuntime("other", random);
        member.use(new DirectLine(founder, new RuntimeAddress(otherId.id(), "other", List.of())));
        X509Certificate first = certificate();

        time.advance(Duration.ofHours(16));
        assertThat(certificate().getNotAfter()).isAfter(first.getNotAfter());
    }

    @Test
    public void whoWasExpelledIsNotBelievedAndGetsNoOtherCertificate() throws Exception {
        join();
        member.use(new DirectLine(founder, sponsor));
        X509Certificate before = certificate();
        founder.expel(memberId.id());

        assertThat(founder.expelled()).containsExactly(memberId.id());
        assertThatThrownBy(() -> founder.believe(memberId.id(), ByteBuffer.wrap(member.proof(founderId.id()))))
                .isInstanceOf(CertificateException.class)
                .hasMessage("runtime " + memberId.id() + " was expelled from the domain at 2030-01-01T00:00:00Z");
        assertThatThrownBy(() -> founder.grant(member.request(), memberId.id()))
                .hasMessageContaining("was expelled from the domain");
        time.advance(Duration.ofHours(16));
        assertThat(certificate()).as("not renewed").isEqualTo(before);
    }

    @Test
    public void aMemberExpelsThroughTheAuthorityAndKnowsItAtOnce() throws Exception {
        join();
        member.use(new DirectLine(founder, sponsor));
        RuntimeId third = RuntimeId.random(random);
        member.expel(third);
        assertThat(member.expelled()).containsExactly(third);
        assertThat(founder.expelled()).containsExactly(third);

        time.advance(Duration.ofHours(26));
        assertThat(founder.expelled()).as("its last certificate has expired").isEmpty();
    }

    @Test
    public void theAuthorityIsNotExpelled() throws Exception {
        join();
        member.use(new DirectLine(founder, sponsor));
        assertThatThrownBy(() -> member.expel(founderId.id()))
                .isInstanceOf(EnrolmentException.class)
                .hasMessageContaining("has the authority of the domain and cannot be expelled");
    }

    @Test
    public void onlyTheAuthorityMakesLists() throws Exception {
        join();
        DomainSecurity other = new DomainSecurity(new LocalRuntime("other", random), time, random, settings);
        other.expel(memberId.id());
        assertThatThrownBy(() -> member.learn(other.expulsions().encoded()))
                .isInstanceOf(EnrolmentException.class)
                .hasMessageContaining("has not signed");

        founder.expel(RuntimeId.random(random));
        byte[] list = founder.expulsions().encoded();
        for (int i = 0; i < list.length; i++) {
            byte[] changed = list.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> member.learn(changed)).isInstanceOf(EnrolmentException.class);
        }
        assertThat(member.learn(list)).isTrue();
        assertThat(member.learn(list)).as("news twice").isFalse();
    }

    @Test
    public void ofAListThatIsNotSignedNothingIsRead() throws Exception {
        join();
        founder.expel(RuntimeId.random(random));
        ByteBuffer list = ByteBuffer.wrap(founder.expulsions().encoded());
        list.putLong(29, Long.MAX_VALUE); // no time
        assertThatThrownBy(() -> member.learn(list.array()))
                .hasMessage("a list of expelled members that the authority of this domain has not signed");
    }

    @Test
    public void nobodyIsExpelledOnAListThatIsTooLongToBeSent() throws Exception {
        SortedMap<RuntimeId, Expulsions.Entry> many = new TreeMap<>();
        for (int i = 1; many.size() < 32_764; i++) {
            many.put(
                    new RuntimeId(i, i),
                    new Expulsions.Entry(time.instant(), time.instant().plusSeconds(i)));
        }
        Expulsions before = new Expulsions(8, many, new byte[0]);
        PrivateKey authority = Keys.generate().getPrivate();

        Expulsions longest =
                before.with(new RuntimeId(0, 1), time.instant(), time.instant().plus(DAY), authority);
        assertThat(longest.encoded()).hasSizeBetween(Expulsions.MOST_BYTES - 100, Expulsions.MOST_BYTES);
        RuntimeId last = new RuntimeId(0, 2);
        assertThatThrownBy(
                        () -> longest.with(last, time.instant(), time.instant().plus(DAY), authority))
                .isInstanceOf(EnrolmentException.class)
                .hasMessageContaining(" is not expelled: the list of 32766 expelled members would have ")
                .hasMessageContaining("the first entry ends at 2030-01-01T00:00:01Z");
        time.advance(Duration.ofSeconds(10));
        assertThat(longest.with(last, time.instant(), time.instant().plus(DAY), authority)
                        .members())
                .containsKey(last);
    }

    @Test
    public void aCertificateIsShownToOneRuntimeOnly() throws Exception {
        join();
        byte[] shown = member.proof(founderId.id());
        founder.believe(memberId.id(), ByteBuffer.wrap(shown));
        assertThat(founder.memberUntil(memberId.id())).contains(time.instant().plus(DAY));

        DomainSecurity third = new DomainSecurity(new LocalRuntime("third", random), time, random, settings);
        assertThatThrownBy(() -> third.believe(memberId.id(), ByteBuffer.wrap(shown)))
                .hasMessage("it shows a certificate whose key it does not have");
        assertThatThrownBy(() -> founder.believe(RuntimeId.random(random), ByteBuffer.wrap(shown)))
                .hasMessage("it shows a certificate that is not its own");
        for (int i = 0; i < shown.length; i++) {
            byte[] changed = shown.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> founder.believe(memberId.id(), ByteBuffer.wrap(changed)))
                    .isInstanceOf(CertificateException.class);
        }
    }

    @Test
    public void noMutatedRequestOrGrantIsTaken() throws Exception {
        byte[] request = CertificateRequest.first(Keys.generate(), memberId.id());
        byte[] grant = founder.grant(member.request(), memberId.id());
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = request.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            assertThatThrownBy(() -> founder.grant(changed, memberId.id())).isInstanceOf(EnrolmentException.class);
            byte[] half = new byte[random.nextInt(grant.length)];
            System.arraycopy(grant, 0, half, 0, half.length);
            assertThatThrownBy(() -> member.accept(half, sponsor)).isInstanceOf(EnrolmentException.class);
        }
    }

    @Test
    public void withoutProtectionThereIsNoTls() {
        DomainSecurity bare =
                new DomainSecurity(memberId, time, random, new DomainSettings(true, Optional.empty(), DAY));
        assertThat(bare.tls()).isEmpty();
    }
}
