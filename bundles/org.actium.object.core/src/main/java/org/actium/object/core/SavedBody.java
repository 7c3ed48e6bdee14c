package org.actium.object.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.actium.codec.api.ClassSpace;

/**
 * The state of an active object, as bytes that another copy can be made from.
 *
 * @param face name of the type of its stubs
 * @param futures that the object holds, in the order in which its graph names them
 * @param types of the stubs that the futures come from, as the codec wrote them
 * @param object likewise
 */
record SavedBody(
        ClassSpace classSpace,
        String type,
        String face,
        Optional<String> name,
        List<Future> futures,
        ByteBuffer types,
        ByteBuffer object) {

    /**
     * @param request of the object, whose reply it is
     * @param call for messages
     */
    record Future(long request, String call) {}

    /** The body serves nothing meanwhile, and the object may be large: it is copied once. */
    byte[] bytes() {
        ByteArrayOutputStream head = head();
        byte[] bytes = Arrays.copyOf(head.toByteArray(), head.size() + object.remaining());
        object.get(object.position(), bytes, head.size(), object.remaining());
        return bytes;
    }

    private ByteArrayOutputStream head() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(classSpace.name());
            out.writeUTF(classSpace.version());
            out.writeUTF(type);
            out.writeUTF(face);
            out.writeBoolean(name.isPresent());
            if (name.isPresent()) {
                out.writeUTF(name.get());
            }
            out.writeInt(futures.size());
            for (Future future : futures) {
                out.writeLong(future.request());
                out.writeUTF(future.call());
            }
            out.writeInt(types.remaining());
            out.write(types.array(), types.arrayOffset() + types.position(), types.remaining());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes;
    }

    /** @throws UncheckedIOException if they are damaged */
    static SavedBody of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            ClassSpace classSpace = new ClassSpace(in.readUTF(), in.readUTF());
            String type = in.readUTF();
            String face = in.readUTF();
            Optional<String> name = in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
            List<Future> futures = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                futures.add(new Future(in.readLong(), in.readUTF()));
            }
            ByteBuffer types = ByteBuffer.wrap(in.readNBytes(in.readInt()));
            ByteBuffer object = ByteBuffer.wrap(bytes, bytes.length - in.available(), in.available());
            return new SavedBody(classSpace, type, face, name, futures, types, object);
        } catch (IOException damaged) {
            throw new UncheckedIOException("the state of an active object cannot be read: " + damaged, damaged);
        }
    }
}
