package org.actium.simulation.scenarios;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.actium.simulation.disk.Disk;

/**
 * Numbers in a file, each with padding, a length and a checksum. A number is safe once {@link #append} has returned. What
 * lies behind the first record that is not whole is a torn tail, and is cut when the journal is opened.
 *
 * <p>After a failed sync nobody knows what is on the disk, and no later sync says so (Rebello et al., "Can applications
 * recover from fsync failures?", USENIX ATC 2020): then all of it is written again, to another file that takes the name.
 */
final class Journal {

    private static final String FILE = "journal";
    private static final String FRESH = "journal.new";

    /** Length and checksum. */
    private static final int HEAD = 2 * Integer.BYTES;

    private static final int MOST_PADDING = 2000;

    private final Disk disk;
    private final RandomGenerator random;
    private final List<Long> numbers;
    private boolean sound;

    private Journal(Disk disk, RandomGenerator random, List<Long> numbers) {
        this.disk = disk;
        this.random = random;
        this.numbers = numbers;
    }

    /**
     * @param torn is run if there is a torn tail
     * @throws IOException the disk does not work; try again
     */
    static Journal open(Disk disk, RandomGenerator random, Runnable torn) throws IOException {
        List<Long> numbers = new ArrayList<>();
        if (disk.exists(FILE)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(disk.size(FILE)));
            disk.read(FILE, 0, content);
            content.flip();
            Optional<Long> number = next(content);
            while (number.isPresent()) {
                numbers.add(number.get());
                number = next(content);
            }
            if (content.hasRemaining()) {
                torn.run();
            }
        }
        Journal journal = new Journal(disk, random, numbers);
        journal.writeAgain();
        return journal;
    }

    /** Empty if the next record is not whole; the buffer stays where it begins. */
    private static Optional<Long> next(ByteBuffer content) {
        int begin = content.position();
        if (content.remaining() >= HEAD) {
            int length = content.getInt();
            int checksum = content.getInt();
            if (length >= Long.BYTES && length <= content.remaining()) {
                byte[] body = new byte[length];
                content.get(body);
                if (checksum(body) == checksum) {
                    return Optional.of(ByteBuffer.wrap(body).getLong());
                }
            }
        }
        content.position(begin);
        return Optional.empty();
    }

    List<Long> numbers() {
        return List.copyOf(numbers);
    }

    /** @throws IOException the number may be in the journal or not; call {@link #mend} */
    void append(long number) throws IOException {
        if (!sound) {
            throw new IllegalStateException("the journal is broken and not mended yet");
        }
        sound = false;
        disk.append(FILE, record(number));
        disk.sync(FILE);
        numbers.add(number);
        sound = true;
    }

    /** Makes it usable again after a failure; without those numbers of which it was not told that they are safe. */
    void mend() throws IOException {
        if (!sound) {
            writeAgain();
        }
    }

    private void writeAgain() throws IOException {
        disk.delete(FRESH);
        disk.append(FRESH, ByteBuffer.allocate(0));
        for (long number : numbers) {
            disk.append(FRESH, record(number));
        }
        disk.sync(FRESH);
        disk.rename(FRESH, FILE);
        disk.syncNames();
        sound = true;
    }

    private ByteBuffer record(long number) {
        byte[] body = new byte[Long.BYTES + random.nextInt(MOST_PADDING)];
        random.nextBytes(body);
        ByteBuffer.wrap(body).putLong(number);
        return ByteBuffer.allocate(HEAD + body.length)
                .putInt(body.length)
                .putInt(checksum(body))
                .put(body)
                .flip();
    }

    private static int checksum(byte[] body) {
        CRC32 checksum = new CRC32();
        checksum.update(body);
        return (int) checksum.getValue();
    }
}
