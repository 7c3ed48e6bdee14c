package org.actium.simulation.scenarios;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.actium.simulation.disk.Disk;
import org.actium.simulation.store.RecordFile;

/** Numbers in a file, each with padding. A number is safe once {@link #append} has returned. */
final class Journal {

    private static final int MOST_PADDING = 2000;

    private final RecordFile file;
    private final RandomGenerator random;
    private final List<Long> numbers;

    private Journal(RecordFile file, RandomGenerator random, List<Long> numbers) {
        this.file = file;
        this.random = random;
        this.numbers = numbers;
    }

    /**
     * @param torn is run if there is a torn tail
     * @throws IOException the disk does not work; try again
     */
    static Journal open(Disk disk, RandomGenerator random, Runnable torn) throws IOException {
        RecordFile file = new RecordFile(disk, "journal");
        RecordFile.Found found = file.read();
        if (found.torn()) {
            torn.run();
        }
        List<Long> numbers = new ArrayList<>();
        found.records().forEach(body -> numbers.add(ByteBuffer.wrap(body).getLong()));
        Journal journal = new Journal(file, random, numbers);
        journal.mend();
        return journal;
    }

    List<Long> numbers() {
        return List.copyOf(numbers);
    }

    /** @throws IOException the number may be in the journal or not; call {@link #mend} */
    void append(long number) throws IOException {
        file.append(List.of(record(number)));
        numbers.add(number);
    }

    /** Makes it usable again after a failure; without those numbers of which it was not told that they are safe. */
    void mend() throws IOException {
        if (!file.isSound()) {
            file.rewrite(numbers.stream().map(this::record).toList());
        }
    }

    private byte[] record(long number) {
        byte[] body = new byte[Long.BYTES + random.nextInt(MOST_PADDING)];
        random.nextBytes(body);
        ByteBuffer.wrap(body).putLong(number);
        return body;
    }
}
