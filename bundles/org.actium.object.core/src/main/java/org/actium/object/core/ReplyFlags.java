package org.actium.object.core;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.actium.object.spi.Marks;

/** What interceptors put on a reply, as bytes; from version 3. */
record ReplyFlags(Marks marks, Map<String, byte[]> attachments) {

    static final ReplyFlags NONE = new ReplyFlags(Marks.NONE, Map.of());

    private static final int VERSION = 3;

    private static final int MARKED = 1;
    private static final int ATTACHED = 2;

    void writeTo(DataOutputStream out, int version) throws IOException {
        if (version < VERSION) {
            return;
        }
        boolean marked = !marks.equals(Marks.NONE);
        boolean attached = !attachments.isEmpty();
        out.writeByte((marked ? MARKED : 0) | (attached ? ATTACHED : 0));
        if (marked) {
            Frames.write(out, marks);
        }
        if (attached) {
            Frames.write(out, attachments);
        }
    }

    static ReplyFlags read(DataInputStream in, int version) throws IOException {
        if (version < VERSION) {
            return NONE;
        }
        int bits = in.readUnsignedByte();
        if (bits > (MARKED | ATTACHED)) {
            throw new IOException("a reply has the flags " + bits + ", which version " + version + " does not know");
        }
        Marks marks = (bits & MARKED) == 0 ? Marks.NONE : Frames.readMarks(in);
        return new ReplyFlags(marks, (bits & ATTACHED) == 0 ? Map.of() : Frames.readAttachments(in));
    }
}
