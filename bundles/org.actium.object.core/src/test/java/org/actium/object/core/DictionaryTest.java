package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.codec.api.CodecException;
import org.actium.codec.java.JavaCodec;
import org.actium.object.api.BodyId;
import org.actium.remote.api.Channel;
import org.actium.remote.api.Link;
import org.actium.remote.api.LinkClosedException;
import org.actium.runtime.api.RuntimeAddress;
import org.actium.runtime.api.RuntimeId;
import org.junit.Test;

public class DictionaryTest {

    private static final RuntimeId NEAR = new RuntimeId(1, 1);
    private static final RuntimeId FAR = new RuntimeId(2, 2);

    private final FarEnd toFar = new FarEnd(FAR);
    private final FarEnd toNear = new FarEnd(NEAR);
    private final Dictionary near = new Dictionary(toFar, NEAR, new JavaCodec());
    private final Dictionary far = new Dictionary(toNear, FAR, new JavaCodec());

    /** Keeps what is sent. */
    private static final class FarEnd implements Link {
        private final RuntimeAddress peer;
        private final List<ByteBuffer> sent = new ArrayList<>();
        private boolean closed;

        FarEnd(RuntimeId peer) {
            this.peer = new RuntimeAddress(peer, "peer", List.of());
        }

        @Override
        public RuntimeAddress peer() {
            return peer;
        }

        @Override
        public void send(Channel channel, ByteBuffer frame) {
            if (closed) {
                throw new LinkClosedException("closed");
            }
            sent.add(frame);
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public void close(String reason) {
            closed = true;
        }
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static DataInputStream written(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writing.to(new DataOutputStream(bytes));
        return Frames.open(ByteBuffer.wrap(bytes.toByteArray()));
    }

    /** What near has defined arrives. */
    private void deliver() throws IOException {
        for (ByteBuffer frame : toFar.sent) {
            DataInputStream in = Frames.open(frame.duplicate());
            assertThat(Frames.readKind(in)).isEqualTo(Frames.Kind.DEFINITION);
            far.learn(in);
        }
        toFar.sent.clear();
    }

    private DataInputStream signature(String signature) throws IOException {
        Optional<Integer> number = near.define(signature);
        return written(out -> Dictionary.writeSignature(out, number, signature));
    }

    @Test
    public void aSignatureIsDefinedOnceAndThenANumber() throws IOException {
        DataInputStream first = signature("add(I)V");
        DataInputStream second = signature("add(I)V");
        assertThat(toFar.sent).hasSize(1);
        deliver();

        assertThat(second.available()).isEqualTo(1);
        assertThat(far.readSignature(first)).isEqualTo("add(I)V");
        assertThat(far.readSignature(second)).isEqualTo("add(I)V");
    }

    @Test
    public void longSignaturesAndThoseOfAClosedLinkAreSpeltOut() throws IOException {
        String longest = "x".repeat(Dictionary.SIGNATURE_BYTES + 1);
        assertThat(far.readSignature(signature(longest))).isEqualTo(longest);
        toFar.close("test");
        assertThat(far.readSignature(signature("add(I)V"))).isEqualTo("add(I)V");
        assertThat(toFar.sent).isEmpty();
    }

    @Test
    public void thoseBeyondTheLastNumberAreSpeltOut() throws IOException {
        for (int i = 0; i < Dictionary.SIGNATURES; i++) {
            assertThat(near.define("m" + i + "()V")).isPresent();
        }
        assertThat(near.define("add(I)V")).isEmpty();
        assertThat(far.readSignature(signature("add(I)V"))).isEqualTo("add(I)V");
    }

    @Test
    public void whatWasDroppedIsDefinedAgainUnderAnotherNumber() throws IOException {
        DataInputStream lost = signature("add(I)V");
        toFar.sent.clear();
        near.forget();
        DataInputStream found = signature("add(I)V");
        deliver();

        assertThat(far.readSignature(found)).isEqualTo("add(I)V");
        assertThatThrownBy(() -> far.readSignature(lost))
                .isInstanceOf(CodecException.class)
                .hasMessage("method 0 of peer is not defined here");
    }

    @Test
    public void moreThanALinkMayDefineIsRefused() throws IOException {
        for (int number : new int[] {Dictionary.SIGNATURES, Integer.MAX_VALUE}) {
            DataInputStream definition = written(out -> {
                out.writeByte(1);
                Frames.writeNumber(out, number);
                out.writeBytes("add(I)V");
            });
            assertThatThrownBy(() -> far.learn(definition)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> far.learn(written(out -> out.writeByte(7)))).isInstanceOf(IOException.class);
    }

    @Test
    public void idsSayNoMoreThanTheOtherEndDoesNotKnow() throws IOException {
        BodyId ofNear = new BodyId(NEAR, 5);
        BodyId ofFar = new BodyId(FAR, 6);
        BodyId ofThird = new BodyId(new RuntimeId(3, 3), 1L << 40);
        for (BodyId id : List.of(ofNear, ofFar, ofThird)) {
            assertThat(far.readId(written(out -> near.writeId(out, Optional.of(id)))))
                    .contains(id);
            assertThat(near.readId(written(out -> far.writeId(out, Optional.of(id)))))
                    .contains(id);
        }
        assertThat(far.readId(written(out -> near.writeId(out, Optional.empty()))))
                .isEmpty();
        assertThat(written(out -> near.writeId(out, Optional.of(ofFar))).available())
                .isEqualTo(1);
    }
}
