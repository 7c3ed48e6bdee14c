package org.actium.remote.core;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.Test;

/** A million frames that are almost right: none of them admits anybody, hangs, throws or costs much memory. */
public class HandshakeFuzzTest {

    private static final int FRAMES = 1_000_000;
    private static final int FRAMES_TO_ONE_HANDSHAKE = 20;
    private static final PeerIdentity STRANGER = new PeerIdentity.Stranger(new byte[] {1, 2, 3});

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

    private AcceptorHandshake acceptor() {
        AcceptorHandshake acceptor = new AcceptorHandshake(parent, tokens, domain, Versions.SPOKEN, random);
        acceptor.identify(STRANGER);
        return acceptor;
    }

    private DiallerHandshake dialler() {
        DiallerHandshake dialler = new DiallerHandshake(
                DiallerHandshake.Purpose.LINK,
                child,
                Optional.empty(),
                new Credential.Token(token.id()),
                token.secret().getBytes(StandardCharsets.UTF_8),
                () -> new byte[] {9},
                0,
                Resumption.NONE,
                Versions.SPOKEN,
                random);
        dialler.identify(STRANGER);
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

    @Test
    public void noMutatedFrameAdmitsAnybody() {
        int admitted = 0;
        for (int sent = 0; sent < FRAMES; sent += 3 * FRAMES_TO_ONE_HANDSHAKE) {
            DiallerHandshake dialler = dialler();
            AcceptorHandshake acceptor = acceptor();
            byte[] hello = FrameReader.rest(dialler.hello());
            byte[] challenge = said(acceptor().received(ByteBuffer.wrap(hello)));
            for (int i = 0; i < FRAMES_TO_ONE_HANDSHAKE; i++) {
                // a changed name or nonce is a HELLO as good as another: it is the proof that counts
                Step step = acceptor().received(ByteBuffer.wrap(mutated(hello)));
                assertThat(step).isInstanceOfAny(Step.Send.class, Step.Failed.class);
                assertFails(dialler().received(ByteBuffer.wrap(mutated(challenge))), "CHALLENGE");
            }
            byte[] proof = said(dialler.received(ByteBuffer.wrap(said(acceptor.received(ByteBuffer.wrap(hello))))));
            for (int i = 0; i < FRAMES_TO_ONE_HANDSHAKE; i++) {
                byte[] mutated = mutated(proof);
                boolean proven = mutated.length >= 2 + Proofs.PROOF_BYTES
                        && Arrays.equals(mutated, 0, 2 + Proofs.PROOF_BYTES, proof, 0, 2 + Proofs.PROOF_BYTES);
                if (proven) {
                    admitted++; // what was changed is the request behind the proof, which has a signature of its own
                } else {
                    assertFails(acceptor.received(ByteBuffer.wrap(mutated)), "PROOF");
                }
            }
        }
        assertThat(tokens.obstacle(token.id()))
                .as("seed %d: the token was not used", seed)
                .isEmpty();
        assertThat(admitted).as("seed %d: mutations of something else", seed).isLessThan(FRAMES / 10);
    }

    private void assertFails(Step step, String frame) {
        if (!(step instanceof Step.Failed)) {
            throw new AssertionError("seed " + seed + ": a changed " + frame + " led to " + step);
        }
    }
}
