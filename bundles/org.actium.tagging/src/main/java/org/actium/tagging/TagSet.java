package org.actium.tagging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The tags in force while one request is served. Used by the thread that serves it. */
final class TagSet {

    private final TreeMap<String, String> values;
    private byte[] written; // null if the tags have changed since

    private TagSet(TreeMap<String, String> values, byte[] written) {
        this.values = values;
        this.written = written;
    }

    static TagSet empty() {
        return new TagSet(new TreeMap<>(), null);
    }

    /** @throws UncheckedIOException if the bytes are not what {@link #bytes} gives */
    static TagSet read(byte[] bytes) {
        TreeMap<String, String> values = new TreeMap<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            for (int left = in.readInt(); left > 0; left--) {
                values.put(in.readUTF(), in.readUTF());
            }
        } catch (IOException damaged) {
            throw new UncheckedIOException("the tags of a request cannot be read", damaged);
        }
        return new TagSet(values, bytes);
    }

    byte[] bytes() {
        if (written == null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeInt(values.size());
                for (Map.Entry<String, String> tag : values.entrySet()) {
                    out.writeUTF(tag.getKey());
                    out.writeUTF(tag.getValue());
                }
            } catch (IOException tooLong) {
                throw new UncheckedIOException("the tags " + values.keySet() + " cannot be sent", tooLong);
            }
            written = bytes.toByteArray();
        }
        return written;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    Map<String, String> values() {
        return Collections.unmodifiableMap(values);
    }

    void set(String tag, String value) {
        values.put(tag, value);
        written = null;
    }

    void remove(String tag) {
        values.remove(tag);
        written = null;
    }
}
