package org.actium.simulation.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.actium.simulation.disk.Disk;

/**
 * Records in a file, each with its length and a checksum. What lies behind the first one that is not whole is a torn tail,
 * and is not read.
 *
 * <p>After a failed sync nobody knows what is on the disk, and no later sync says so (Rebello et al., "Can applications
 * recover from fsync failures?", USENIX ATC 2020): then all records have to be written again, to another file that takes
 * the name.
 *
 * <p>Threading: for one thread at a time.
 */
public final class RecordFile {

    /** Length and checksum. */
    private static final int HEAD = 2 * Integer.BYTES;

    private final Disk disk;
    private final String name;
    private boolean sound;

    /**
     * What was found.
     *
     * @param torn whether there was something behind them that is not whole
     */
    public record Found(List<byte[]> records, boolean torn) {}

    /** To be read, and then {@linkplain #rewrite rewritten} before anything is appended. */
    public RecordFile(Disk disk, String name) {
        this.disk = disk;
        this.name = name;
    }

    /** All that are whole, none if there is no such file. */
    public Found read() throws IOException {
        List<byte[]> records = new ArrayList<>();
        if (!disk.exists(name)) {
            return new Found(records, false);
        }
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(disk.size(name)));
        disk.read(name, 0, content);
        content.flip();
        Optional<byte[]> next = next(content);
        while (next.isPresent()) {
            records.add(next.get());
            next = next(content);
        }
        return new Found(records, content.hasRemaining());
    }

    /** Empty if the next record is not whole; the buffer stays where it begins. */
    private static Optional<byte[]> next(ByteBuffer content) {
        int begin = content.position();
        if (content.remaining() >= HEAD) {
            int length = content.getInt();
            int checksum = content.getInt();
            if (length > 0 && length <= content.remaining()) {
                byte[] body = new byte[length];
                content.get(body);
                if (checksum(body) == checksum) {
                    return Optional.of(body);
                }
            }
        }
        content.position(begin);
        return Optional.empty();
    }

    /** Whether records can be appended, or all have to be written again before. */
    public boolean isSound() {
        return sound;
    }

    /**
     * Safe when this returns.
     *
     * @param records none of them empty
     * @throws IOException some of them may be there, or none
     */
    public void append(List<byte[]> records) throws IOException {
        if (!sound) {
            throw new IllegalStateException("what is in file '" + name + "' is not known; write all of it again");
        }
        sound = false;
        disk.append(name, bytes(records));
        disk.sync(name);
        sound = true;
    }

    /**
     * Replaces all there are by these. Safe when this returns.
     *
     * @throws IOException there are either those or these
     */
    public void rewrite(List<byte[]> records) throws IOException {
        String fresh = name + ".new";
        sound = false;
        disk.delete(fresh);
        disk.append(fresh, bytes(records));
        disk.sync(fresh);
        disk.rename(fresh, name);
        disk.syncNames();
        sound = true;
    }

    private static ByteBuffer bytes(List<byte[]> records) {
        ByteBuffer bytes = ByteBuffer.allocate(
                records.stream().mapToInt(body -> HEAD + body.length).sum());
        records.forEach(body -> bytes.putInt(body.length).putInt(checksum(body)).put(body));
        return bytes.flip();
    }

    private static int checksum(byte[] body) {
        CRC32 checksum = new CRC32();
        checksum.update(body);
        return (int) checksum.getValue();
    }
}
