package org.actium.remote.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.actium.remote.api.JoinToken;
import org.actium.remote.spi.PeerIdentity;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

public class HandshakeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final byte[] REQUEST = {1, 2, 3};
    private static final byte[] GRANT = {4, 5};

    private final Random random = new Random(42);
    private final ManualTime time = new ManualTime();
    private final Tokens tokens = new Tokens(time, random);
    private final Domain domain = Domain.found(random);
    private final RuntimeAddress parent = address("parent");
    private final RuntimeAddress child = address("child");

    private RuntimeAddress address(String name) {
        return new RuntimeAddress(RuntimeId.random(random), name, List.of(new Endpoint("127.0.0.1", 4000)));
    }

    private AcceptorHandshake acceptor() {
        return new AcceptorHandshake(parent, tokens, domain, Versions.SPOKEN, random);
    }

    private DiallerHandshake joining(JoinToken token) {
        return joining(child, token);
    }

    private DiallerHandshake joining(RuntimeAddress runtime, JoinToken token) {
        return new DiallerHandshake(
                DiallerHandshake.Purpose.LINK,
                runtime,
                Optional.empty(),
                new Credential.Token(token.id()),
                bytes(token.secret()),
                () -> REQUEST,
                0,
                Resumption.NONE,
                Versions.SPOKEN,
                random);
    }

    private DiallerHandshake member(Domain of) {
        return new DiallerHandshake(
                DiallerHandshake.Purpose.LINK,
                child,
                Optional.of(parent),
                new Credential.Membership(),
                of.key(),
                () -> new byte[0],
                7,
                Resumption.NONE,
                Versions.SPOKEN,
                random);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Carries frames between the two until one of them does not answer, and returns the last step of each. */
    private static Ending run(DiallerHandshake dialler, AcceptorHandshake acceptor) {
        Step ofAcceptor = acceptor.received(dialler.hello());
        Step ofDialler = null;
        while (true) {
            if (ofAcceptor instanceof Step.Enrol) {
                return new Ending(dialler.received(acceptor.welcome(GRANT)), ofAcceptor);
            }
            if (ofAcceptor instanceof Step.Decide) {
                return new Ending(dialler.received(acceptor.welcome(Resumption.NONE)), ofAcceptor);
            }
            ofDialler = dialler.received(said(ofAcceptor).orElseThrow());
            if (ofAcceptor instanceof Step.Failed || said(ofDialler).isEmpty()) {
                return new Ending(ofDialler, ofAcceptor);
            }
            ofAcceptor = acceptor.received(said(ofDialler).orElseThrow());
            if (ofDialler instanceof Step.Failed) {
                return new Ending(ofDialler, ofAcceptor);
            }
        }
    }

    private record Ending(Step ofDialler, Step ofAcceptor) {}

    private static Optional<ByteBuffer> said(Step step) {
        return switch (step) {
            case Step.Send(ByteBuffer frame) -> Optional.of(frame);
            case Step.Failed failed -> failed.tell();
            case Step.Decide decide -> Optional.empty();
            case Step.Welcome welcome -> Optional.empty();
            case Step.Enrol enrol -> Optional.empty();
            case Step.Enrolled enrolled -> Optional.empty();
        };
    }

    private static void assertFailed(Step step, Step.Cause cause, String reason) {
        assertThat(step).isInstanceOf(Step.Failed.class);
        assertThat(((Step.Failed) step).cause()).isEqualTo(cause);
        assertThat(((Step.Failed) step).reason()).contains(reason);
    }

    @Test
    public void aTokenAdmitsAndBringsTheDomainKey() {
        JoinToken token = tokens.issue(MINUTE);
        DiallerHandshake dialler = joining(token);

        Ending ending = run(dialler, acceptor());

        Introduction ofChild = ((Step.Decide) ending.ofAcceptor).introduction();
        assertThat(ofChild.peer()).isEqualTo(child);
        assertThat(ofChild.tokenId()).contains(token.id());
        Step.Welcome welcome = (Step.Welcome) ending.ofDialler;
        assertThat(welcome.introduction().peer()).isEqualTo(parent);
        assertThat(welcome.introduction().connectionId())
                .isEqualTo(ofChild.connectionId())
                .isNotZero();
        assertThat(domain.hasKey(welcome.domainKey().orElseThrow())).isTrue();
    }

    @Test
    public void membersOfADomainAdmitEachOther() {
        Ending ending = run(member(domain), acceptor());

        Introduction introduction = ((Step.Decide) ending.ofAcceptor).introduction();
        assertThat(introduction.tokenId()).isEmpty();
        assertThat(introduction.lastConnection()).isEqualTo(7);
        assertThat(((Step.Welcome) ending.ofDialler).domainKey()).isEmpty();
    }

    @Test
    public void neitherSecretNorKeyIsSent() {
        JoinToken token = tokens.issue(MINUTE);
        DiallerHandshake dialler = joining(token);
        AcceptorHandshake acceptor = acceptor();
        List<ByteBuffer> frames = new ArrayList<>();
        frames.add(dialler.hello());
        frames.add(said(acceptor.received(frames.getLast())).orElseThrow());
        frames.add(said(dialler.received(frames.getLast())).orElseThrow());
        acceptor.received(frames.getLast());
        frames.add(acceptor.welcome(Resumption.NONE));

        for (ByteBuffer frame : frames) {
            String sent = new String(FrameReader.rest(frame.duplicate()), StandardCharsets.ISO_8859_1);
            assertThat(sent)
                    .doesNotContain(token.secret())
                    .doesNotContain(new String(domain.key(), StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    public void aWrongSecretIsNoticedByTheDiallerBeforeItProvesAnything() {
        JoinToken token = tokens.issue(MINUTE);
        Ending ending = run(joining(new JoinToken(token.id(), "guessed")), acceptor());
        assertFailed(
                ending.ofDialler,
                Step.Cause.REFUSED,
                "the secret of join token " + token.id() + " is not the one that parent (" + parent.id()
                        + ") knows; check that the token was copied whole");
        assertFailed(ending.ofAcceptor, Step.Cause.REFUSED, "child (" + child.id() + ") refuses");
    }

    @Test
    public void aDiallerThatCannotProveItselfIsRefused() {
        JoinToken token = tokens.issue(MINUTE);
        AcceptorHandshake acceptor = acceptor();
        acceptor.received(joining(new JoinToken(token.id(), "guessed")).hello());
        Step step = acceptor.received(acceptor()
                .frame(Handshake.PROOF)
                .putBytes(new byte[Proofs.PROOF_BYTES + Resumption.BYTES])
                .toFrame());
        assertFailed(step, Step.Cause.REFUSED, "it could not prove that it has join token " + token.id());
        assertThat(tokens.obstacle(token.id(), parent.id()))
                .as("the token was not used up")
                .isEmpty();
    }

    @Test
    public void theAcceptorsOwnProofIsNoProofOfTheDialler() {
        AcceptorHandshake acceptor = acceptor();
        ByteBuffer challenge =
                said(acceptor.received(member(Domain.found(random)).hello())).orElseThrow();
        byte[] proof = new byte[Proofs.PROOF_BYTES];
        challenge.get(challenge.limit() - proof.length, proof);

        Step step = acceptor.received(acceptor()
                .frame(Handshake.PROOF)
                .putBytes(proof)
                .putBytes(new byte[Resumption.BYTES])
                .toFrame());

        assertFailed(step, Step.Cause.REFUSED, "could not prove that it has the key of the domain");
    }

    @Test
    public void anotherDomainIsRefused() {
        Ending ending = run(member(Domain.found(random)), acceptor());
        assertFailed(ending.ofDialler, Step.Cause.REFUSED, "does not know the key of this runtime's domain");
    }

    @Test
    public void aTokenAdmitsOneRuntimeOnly() {
        JoinToken token = tokens.issue(MINUTE);
        run(joining(token), acceptor());
        Ending again = run(joining(address("other"), token), acceptor());
        assertFailed(again.ofAcceptor, Step.Cause.REFUSED, "join token " + token.id() + " was used already");
        assertFailed(again.ofDialler, Step.Cause.REFUSED, "refuses: join token " + token.id() + " was used already");
    }

    @Test
    public void whoeverHasNotHeardThatItIsWelcomeMayComeAgain() {
        JoinToken token = tokens.issue(MINUTE);
        run(joining(token), acceptor());
        AcceptorHandshake acceptor = acceptor();
        assertThat(run(joining(token), acceptor).ofDialler).isInstanceOf(Step.Welcome.class);

        acceptor.answered();
        assertFailed(run(joining(token), acceptor()).ofDialler, Step.Cause.REFUSED, "was used already");
    }

    @Test
    public void whoeverHasComeAsAMemberMayNotComeWithItsTokenAgain() {
        JoinToken token = tokens.issue(MINUTE);
        run(joining(token), acceptor());
        run(member(domain), acceptor());
        assertFailed(run(joining(token), acceptor()).ofDialler, Step.Cause.REFUSED, "was used already");
    }

    @Test
    public void whoeverComesAgainWithATokenComesInTime() {
        JoinToken token = tokens.issue(MINUTE);
        run(joining(token), acceptor());
        time.advance(MINUTE);
        assertFailed(run(joining(token), acceptor()).ofDialler, Step.Cause.REFUSED, "was used already");
    }

    @Test
    public void aTokenAdmitsOnlyOneOfTwoThatComeAtOnce() {
        JoinToken token = tokens.issue(MINUTE);
        DiallerHandshake first = joining(token);
        DiallerHandshake second = joining(address("other"), token);
        AcceptorHandshake forFirst = acceptor();
        AcceptorHandshake forSecond = acceptor();
        ByteBuffer proofOfFirst = said(first.received(
                        said(forFirst.received(first.hello())).orElseThrow()))
                .orElseThrow();
        ByteBuffer proofOfSecond = said(second.received(
                        said(forSecond.received(second.hello())).orElseThrow()))
                .orElseThrow();

        assertThat(forSecond.received(proofOfSecond)).isInstanceOf(Step.Decide.class);
        assertFailed(forFirst.received(proofOfFirst), Step.Cause.REFUSED, "was used already");
    }

    @Test
    public void anExpiredTokenIsRefused() {
        JoinToken token = tokens.issue(MINUTE);
        time.advance(MINUTE);
        assertFailed(
                run(joining(token), acceptor()).ofDialler,
                Step.Cause.REFUSED,
                "join token " + token.id() + " has expired");
    }

    @Test
    public void aTokenThatExpiresBetweenGreetingAndProofIsRefused() {
        JoinToken token = tokens.issue(MINUTE);
        DiallerHandshake dialler = joining(token);
        AcceptorHandshake acceptor = acceptor();
        Step challenge = acceptor.received(dialler.hello());
        time.advance(MINUTE);
        Step proof = dialler.received(said(challenge).orElseThrow());
        assertFailed(acceptor.received(said(proof).orElseThrow()), Step.Cause.REFUSED, "has expired");
    }

    @Test
    public void aRevokedOrUnknownTokenIsRefused() {
        JoinToken token = tokens.issue(MINUTE);
        tokens.revoke(token);
        assertFailed(
                run(joining(token), acceptor()).ofDialler,
                Step.Cause.REFUSED,
                "join token " + token.id() + " was not issued here, or was revoked");
    }

    @Test
    public void aRecordedHandshakeCannotBeReplayed() {
        DiallerHandshake dialler = member(domain);
        AcceptorHandshake recorded = acceptor();
        ByteBuffer hello = dialler.hello();
        ByteBuffer challenge = said(recorded.received(hello)).orElseThrow();
        ByteBuffer proof = said(dialler.received(challenge)).orElseThrow();
        assertThat(recorded.received(proof)).isInstanceOf(Step.Decide.class);
        ByteBuffer welcome = recorded.welcome(Resumption.NONE);

        AcceptorHandshake attacked = acceptor();
        attacked.received(hello);
        assertFailed(attacked.received(proof), Step.Cause.REFUSED, "could not prove");

        DiallerHandshake attackedDialler = member(domain);
        attackedDialler.hello();
        assertFailed(attackedDialler.received(challenge), Step.Cause.REFUSED, "does not know the key");
        assertThat(attackedDialler.received(welcome)).isNotInstanceOf(Step.Send.class);
    }

    @Test
    public void aWelcomeBeforeTheChallengeIsRefused() {
        DiallerHandshake dialler = member(domain);
        assertFailed(
                dialler.received(acceptor().frame(Handshake.WELCOME).toFrame()), Step.Cause.ELSEWHERE, "out of turn");
    }

    @Test
    public void aFrameThatWasTamperedWithEndsTheHandshake() {
        for (int tampered = 0; tampered < 4; tampered++) {
            int length = 1;
            for (int position = 0; position < length; position++) {
                JoinToken token = tokens.issue(MINUTE);
                DiallerHandshake dialler = joining(token);
                AcceptorHandshake acceptor = acceptor();
                ByteBuffer frame = copy(dialler.hello());
                boolean ended = false;
                for (int turn = 0; turn < 4 && !ended; turn++) {
                    if (turn == tampered) {
                        length = frame.limit();
                        frame.put(position, (byte) (frame.get(position) ^ 0x10));
                    }
                    Step step = turn % 2 == 0 ? acceptor.received(frame) : dialler.received(frame);
                    ended = step instanceof Step.Failed;
                    assertThat(turn == 3 && !ended)
                            .as("byte %s of frame %s changed and still %s", position, tampered, step)
                            .isFalse();
                    frame = step instanceof Step.Decide
                            ? copy(acceptor.welcome(Resumption.NONE))
                            : said(step).map(HandshakeTest::copy).orElse(frame);
                }
            }
        }
    }

    private static ByteBuffer copy(ByteBuffer frame) {
        return ByteBuffer.wrap(FrameReader.rest(frame.duplicate()));
    }

    @Test
    public void garbageEndsTheHandshakeAndNothingElse() {
        for (int i = 0; i < 5_000; i++) {
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            if (i % 2 == 0 && garbage.length > 1) {
                garbage[0] = 1;
                garbage[1] = (byte) (1 + random.nextInt(5));
            }
            assertThat(acceptor().received(ByteBuffer.wrap(garbage))).isInstanceOf(Step.Failed.class);
            assertThat(member(domain).received(ByteBuffer.wrap(garbage))).isInstanceOf(Step.Failed.class);
        }
        assertFailed(
                acceptor().received(ByteBuffer.allocate(Handshake.MAX_FRAME_BYTES + 1)),
                Step.Cause.ELSEWHERE,
                "no runtime of Actium");
    }

    @Test
    public void anotherVersionIsRefusedAndNamed() {
        ByteBuffer hello = copy(member(domain).hello());
        hello.put(0, (byte) 9).put(2, (byte) 8);
        Step.Failed failed = (Step.Failed) acceptor().received(hello);
        assertFailed(
                failed, Step.Cause.REFUSED, "it speaks 8 to 9 of the link protocol, this runtime " + Versions.SPOKEN);
        assertFailed(
                member(domain).received(failed.tell().orElseThrow()),
                Step.Cause.REFUSED,
                "parent (" + parent.id() + ") refuses: it speaks 8 to 9");
    }

    @Test
    public void anotherRuntimeAtTheEndpointIsNoticed() {
        RuntimeAddress wanted = address("wanted");
        DiallerHandshake dialler = new DiallerHandshake(
                DiallerHandshake.Purpose.LINK,
                child,
                Optional.of(wanted),
                new Credential.Membership(),
                domain.key(),
                () -> new byte[0],
                0,
                Resumption.NONE,
                Versions.SPOKEN,
                random);
        Ending ending = run(dialler, acceptor());
        assertFailed(ending.ofDialler, Step.Cause.ELSEWHERE, "parent (" + parent.id() + ") answers there");
    }

    @Test
    public void aRuntimeThatDialledItselfNotices() {
        DiallerHandshake dialler = new DiallerHandshake(
                DiallerHandshake.Purpose.LINK,
                parent,
                Optional.empty(),
                new Credential.Membership(),
                domain.key(),
                () -> new byte[0],
                0,
                Resumption.NONE,
                Versions.SPOKEN,
                random);
        assertFailed(run(dialler, acceptor()).ofDialler, Step.Cause.ELSEWHERE, "this runtime itself answers there");
    }

    @Test
    public void whoOnlyAsksLearnsWhoAnswersAndNothingMore() {
        DiallerHandshake inquiry = new DiallerHandshake(
                DiallerHandshake.Purpose.INQUIRY,
                child,
                Optional.empty(),
                new Credential.Membership(),
                domain.key(),
                () -> new byte[0],
                0,
                Resumption.NONE,
                Versions.SPOKEN,
                random);
        Ending ending = run(inquiry, acceptor());
        assertFailed(ending.ofDialler, Step.Cause.INQUIRY, "only asks who is here");
        assertFailed(ending.ofAcceptor, Step.Cause.INQUIRY, "child (" + child.id() + ") only asks who is here");
        assertThat(inquiry.answering()).contains(parent);
    }

    @Test
    public void whoOnlyAsksDoesNotBelieveARuntimeOfAnotherDomain() {
        DiallerHandshake inquiry = new DiallerHandshake(
                DiallerHandshake.Purpose.INQUIRY,
                child,
                Optional.empty(),
                new Credential.Membership(),
                Domain.found(random).key(),
                () -> new byte[0],
                0,
                Resumption.NONE,
                Versions.SPOKEN,
                random);
        assertFailed(run(inquiry, acceptor()).ofDialler, Step.Cause.REFUSED, "does not know the key of this");
    }

    @Test
    public void theDiallerIsToldThatTheOtherConnectionStays() {
        DiallerHandshake dialler = member(domain);
        AcceptorHandshake acceptor = acceptor();
        Step proof = dialler.received(said(acceptor.received(dialler.hello())).orElseThrow());
        acceptor.received(said(proof).orElseThrow());
        assertFailed(dialler.received(acceptor.crossed()), Step.Cause.CROSSED, "dialled each other at once");
    }

    private static <T extends Handshake> T on(PeerIdentity identity, T handshake) {
        handshake.identify(identity);
        return handshake;
    }

    private static PeerIdentity stranger(int channel) {
        return new PeerIdentity.Stranger(new byte[] {(byte) channel});
    }

    private static PeerIdentity memberThatIs(RuntimeAddress runtime, int channel) {
        return new PeerIdentity.Member(runtime.id(), new byte[] {(byte) channel});
    }

    @Test
    public void aStrangerWithATokenGetsACertificateAndNoLink() {
        JoinToken token = tokens.issue(MINUTE);
        Ending ending = run(on(stranger(1), joining(token)), on(stranger(1), acceptor()));

        assertThat(((Step.Enrol) ending.ofAcceptor).request()).isEqualTo(REQUEST);
        Step.Enrolled enrolled = (Step.Enrolled) ending.ofDialler;
        assertThat(enrolled.sponsor()).isEqualTo(parent);
        assertThat(enrolled.domainKey()).isEqualTo(domain.key());
        assertThat(enrolled.grant()).isEqualTo(GRANT);
        assertThat(tokens.obstacle(token.id(), parent.id())).as("used").isPresent();
    }

    @Test
    public void whoComesBackWithACertificateCountsAsTheOneWhoHadTheToken() {
        JoinToken token = tokens.issue(MINUTE);
        run(on(stranger(1), joining(token)), on(stranger(1), acceptor()));

        for (Optional<String> expected : List.of(Optional.of(token.id()), Optional.<String>empty())) {
            Ending ending = run(on(memberThatIs(parent, 2), member(domain)), on(memberThatIs(child, 2), acceptor()));
            assertThat(((Step.Decide) ending.ofAcceptor).introduction().tokenId())
                    .isEqualTo(expected);
        }
    }

    @Test
    public void whoeverIsInTheMiddleHasAnotherChannelToEachSide() {
        JoinToken token = tokens.issue(MINUTE);
        Ending ending = run(on(stranger(1), joining(token)), on(stranger(2), acceptor()));
        assertFailed(
                ending.ofDialler, Step.Cause.REFUSED, "the secret of join token " + token.id() + " is not the one");
        assertThat(tokens.obstacle(token.id(), parent.id()))
                .as("the token was not used up")
                .isEmpty();
    }

    @Test
    public void aStrangerWithoutATokenIsRefused() {
        Ending ending = run(on(memberThatIs(parent, 1), member(domain)), on(stranger(1), acceptor()));
        assertFailed(ending.ofAcceptor, Step.Cause.REFUSED, "it shows no certificate; without one it can only join");
    }

    @Test
    public void membersNeedNothingButTheirCertificates() {
        Domain restarted = Domain.found(random);
        Ending ending = run(on(memberThatIs(parent, 1), member(restarted)), on(memberThatIs(child, 1), acceptor()));
        assertThat(ending.ofDialler).isInstanceOf(Step.Welcome.class);
    }

    @Test
    public void nobodyIsBelievedToBeAnotherThanHisCertificateSays() {
        RuntimeAddress other = address("other");
        assertFailed(
                run(on(memberThatIs(parent, 1), member(domain)), on(memberThatIs(other, 1), acceptor())).ofAcceptor,
                Step.Cause.REFUSED,
                "it says that it is " + child.id() + ", and its certificate that it is " + other.id());
        assertFailed(
                run(on(memberThatIs(other, 1), member(domain)), on(memberThatIs(child, 1), acceptor())).ofDialler,
                Step.Cause.REFUSED,
                "it says that it is " + parent.id() + ", and its certificate that it is " + other.id());
    }

    private DiallerHandshake speaking(Versions versions) {
        return new DiallerHandshake(
                DiallerHandshake.Purpose.LINK,
                child,
                Optional.of(parent),
                new Credential.Membership(),
                domain.key(),
                () -> REQUEST,
                7,
                Resumption.NONE,
                versions,
                random);
    }

    @Test
    public void neighbouringVersionsSpeakTheHigherOfThoseThatBothKnow() {
        Versions older = new Versions(1, 2);
        Versions newer = new Versions(2, 3);
        for (List<Versions> both : List.of(List.of(older, newer), List.of(newer, older))) {
            DiallerHandshake dialler = speaking(both.getFirst());
            AcceptorHandshake acceptor = new AcceptorHandshake(parent, tokens, domain, both.getLast(), random);
            assertThat(run(dialler, acceptor).ofDialler).isInstanceOf(Step.Welcome.class);
            assertThat(dialler.version()).isEqualTo(2);
            assertThat(acceptor.version()).isEqualTo(2);
        }
    }

    @Test
    public void versionsWithoutOneInCommonAreNamed() {
        Ending ending = run(
                speaking(new Versions(3, 4)),
                new AcceptorHandshake(parent, tokens, domain, new Versions(1, 2), random));
        assertFailed(
                ending.ofDialler,
                Step.Cause.REFUSED,
                "refuses: it speaks 3 to 4 of the link protocol, this runtime versions 1 to 2");
    }

    @Test
    public void aReasonThatCannotBeBelievedIsShortAndInOneLine() {
        ByteBuffer refusal = acceptor().refusal(Step.Cause.REFUSED, "no\nINFO all is well\u001b[2J" + "x".repeat(5000));
        Step.Failed failed = (Step.Failed) member(domain).received(refusal);
        assertThat(failed.reason()).contains("no?INFO all is well?[2J").hasSizeLessThan(600);
    }
}
