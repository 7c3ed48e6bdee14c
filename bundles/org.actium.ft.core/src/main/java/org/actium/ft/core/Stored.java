package org.actium.ft.core;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.actium.ft.store.api.Blob;

/** Records of the protocol as the store keeps them. */
final class Stored {

    private Stored() {}

    static Blob blob(Serializable value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Blob.sharing(bytes.toByteArray());
    }

    static <T> T read(Class<T> type, Blob blob) {
        try (ObjectInputStream in = new ObjectInputStream(blob.read())) {
            return type.cast(in.readObject());
        } catch (IOException | ClassNotFoundException damaged) {
            throw new IllegalStateException(
                    "what the store keeps is no " + type.getSimpleName() + ": " + damaged, damaged);
        }
    }
}
