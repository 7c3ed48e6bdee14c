package org.actium.remote.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.actium.remote.api.JoinToken;
import org.actium.remote.spi.PeerIdentity;
import org.actium.runtime.api.Endpoint;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** A million frames that are almost right: none of them admits anybody, hangs, throws or costs much memory. */
public class HandshakeFuzzTest {

    private static final int FRAMES = 1_000_000;
    private static final int FRAMES_TO_ONE_HANDSHAKE = 20;

    /** HELLO and CHALLENGE; PROOF, where a certificate is asked for; WELCOME with one, and without. */
    private static final int KINDS = 5;

    /** Most of it for classes of the JDK that the first proof needs; no length in a frame is a reason to take more. */
    private static final long BYTES_OF_A_FRAME = 4 << 20;

    private static final PeerIdentity STRANGER = new PeerIdentity.Stranger(new byte[] {1, 2, 3});

    @Rule
    public final Timeout deadline = Timeout.seconds(300);

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long seed = Long.getLong("actium.seed", 20_301);
    private final Random random = new Random(seed);
    private final Tokens tokens = new Tokens(new ManualTime(), random);
    private final Domain domain = Domain.found(random);
    private final JoinToken token = tokens.issue(Duration.ofMinutes(1));
    private final RuntimeAddress parent = address("parent");
    private final RuntimeAddress child = address("child");

    private RuntimeAddress address(String name) {
        return new RuntimeAddress(RuntimeId.random(random), name, List.of(new Endpoint("127.0.0.1", 4000)));
    }

    private AcceptorHandshake acceptor(PeerIdentity identity) {
        AcceptorHandshake acceptor = new AcceptorHandshake(parent, tokens, domain, Versions.SPOKEN, random);
        acceptor.identify(identity);
        return acceptor;
    }

    private DiallerHandshake dialler(JoinToken with, PeerIdentity identity) {
        DiallerHandshake dialler = new DiallerHandshake(
                DiallerHandshake.Purpose.LINK,
                child,
                Optional.empty(),
                new Credential.Token(with.id()),
                with.secret().getBytes(StandardCharsets.UTF_8),
                () -> new byte[] {9},
                0,
                Resumption.NONE,
                Versions.SPOKEN,
                random);
        dialler.identify(identity);
        return dialler;
    }

    private static byte[] said(Step step) {
        return FrameReader.rest(((Step.Send) step).frame().duplicate());
    }

    private byte[] mutated(byte[] frame) {
        byte[] mutated = frame.clone();
        switch (random.nextInt(6)) {
            case 0 -> mutated = Arrays.copyOf(frame, random.nextInt(frame.length));
            case 1 -> mutated = Arrays.copyOf(frame, frame.length + 1 + random.nextInt(300));
            case 2 -> ByteBuffer.wrap(mutated).putInt(random.nextInt(frame.length - 3), random.nextInt());
            case 3 -> ByteBuffer.wrap(mutated).putInt(random.nextInt(frame.length - 3), Integer.MAX_VALUE);
            default -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    mutated[random.nextInt(frame.length)] ^= (byte) (1 + random.nextInt(255));
                }
            }
        }
        return mutated;
    }

    private Step received(Handshake handshake, byte[] frame) {
        long before = thread.getCurrentThreadAllocatedBytes();
        Step step = handshake.received(ByteBuffer.wrap(frame));
        long taken = thread.getCurrentThreadAllocatedBytes() - before;
        if (taken > BYTES_OF_A_FRAME) {
            throw new AssertionError("seed " + seed + ": " + taken + " bytes for " + Arrays.toString(frame));
        }
        return step;
    }

    @Test
    public void noMutatedFrameAdmitsAnybody() {
        int admitted = 0;
        for (int sent = 0; sent < FRAMES; sent += KINDS * FRAMES_TO_ONE_HANDSHAKE) {
            DiallerHandshake dialler = dialler(token, STRANGER);
            AcceptorHandshake acceptor = acceptor(STRANGER);
            byte[] hello = FrameReader.rest(dialler.hello());
            byte[] challenge = said(received(acceptor(STRANGER), hello));
            for (int i = 0; i < FRAMES_TO_ONE_HANDSHAKE; i++) {
                // a changed name or nonce is a HELLO as good as another: it is the proof that counts
                Step step = received(acceptor(STRANGER), mutated(hello));
                assertThat(step).isInstanceOfAny(Step.Send.class, Step.Failed.class);
                assertFails(received(dialler(token, STRANGER), mutated(challenge)), "CHALLENGE");
            }
            byte[] proof = said(received(dialler, said(received(acceptor, hello))));
            for (int i = 0; i < FRAMES_TO_ONE_HANDSHAKE; i++) {
                byte[] mutated = mutated(proof);
                if (startsAlike(mutated, proof, 2 + Proofs.PROOF_BYTES)) {
                    admitted++; // what was changed is the request behind the proof, which has a signature of its own
                } else {
                    assertFails(received(acceptor, mutated), "PROOF");
                }
            }
            admitted += welcomeAfterEnrolling();
            admitted += welcomeToTheDomain();
        }
        assertThat(tokens.obstacle(token.id(), parent.id()))
                .as("seed %d: the token was not used", seed)
                .isEmpty();
        assertThat(admitted).as("seed %d: mutations of something else", seed).isLessThan(FRAMES / 10);
    }

    /** @return how many frames were changed only behind what the handshake vouches for */
    private int welcomeAfterEnrolling() {
        JoinToken used = tokens.issue(Duration.ofMinutes(1));
        DiallerHandshake dialler = dialler(used, STRANGER);
        AcceptorHandshake acceptor = acceptor(STRANGER);
        step(acceptor, dialler, Step.Enrol.class);
        byte[] welcome = FrameReader.rest(acceptor.welcome(new byte[] {4, 5, 6}));
        tokens.revoke(used);
        int admitted = 0;
        for (int i = 0; i < FRAMES_TO_ONE_HANDSHAKE; i++) {
            byte[] mutated = mutated(welcome);
            if (startsAlike(mutated, welcome, 2 + Proofs.ENCRYPTED_BYTES)) {
                admitted++; // what was changed is the certificate, which has a signature of its own
            } else {
                assertFails(received(dialler, mutated), "WELCOME with a certificate");
            }
        }
        assertThat(received(dialler, welcome)).isInstanceOf(Step.Enrolled.class);
        return admitted;
    }

    private int welcomeToTheDomain() {
        JoinToken used = tokens.issue(Duration.ofMinutes(1));
        DiallerHandshake dialler = dialler(used, new PeerIdentity.Unknown());
        AcceptorHandshake acceptor = acceptor(new PeerIdentity.Unknown());
        step(acceptor, dialler, Step.Decide.class);
        byte[] welcome = FrameReader.rest(acceptor.welcome(Resumption.NONE));
        tokens.revoke(used);
        int admitted = 0;
        for (int i = 0; i < FRAMES_TO_ONE_HANDSHAKE; i++) {
            byte[] mutated = mutated(welcome);
            if (Arrays.equals(mutated, welcome)) {
                admitted++; // the same byte was changed twice
            } else if (mutated.length == 2 + Proofs.PROOF_BYTES + Resumption.BYTES
                    && startsAlike(mutated, welcome, mutated.length)) {
                admitted++; // the key is missing: a welcome for a member, which never adopts one
            } else {
                assertFails(received(dialler, mutated), "WELCOME");
            }
        }
        assertThat(received(dialler, welcome)).isInstanceOf(Step.Welcome.class);
        return admitted;
    }

    /** As far as the other side has proved itself. */
    private void step(AcceptorHandshake acceptor, DiallerHandshake dialler, Class<? extends Step> to) {
        byte[] challenge = said(received(acceptor, FrameReader.rest(dialler.hello())));
        assertThat(received(acceptor, said(received(dialler, challenge)))).isInstanceOf(to);
    }

    private static boolean startsAlike(byte[] mutated, byte[] honest, int length) {
        return mutated.length >= length && Arrays.equals(mutated, 0, length, honest, 0, length);
    }

    private void assertFails(Step step, String frame) {
        if (!(step instanceof Step.Failed)) {
            throw new AssertionError("seed " + seed + ": a changed " + frame + " led to " + step);
        }
    }
}
