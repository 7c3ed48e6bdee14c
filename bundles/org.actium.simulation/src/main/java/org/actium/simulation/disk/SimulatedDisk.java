package org.actium.simulation.disk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.actium.simulation.engine.Scheduler;
import org.actium.simulation.engine.Waiters;

/** The disk of one host; it outlives the host's lives. */
public final class SimulatedDisk implements Disk {

    /** A change of names that a crash may still undo. */
    private interface NameChange {
        void applyTo(Map<String, Contents> names);
    }

    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final String host;
    private final DiskConditions conditions;

    private final Map<String, Contents> files = new TreeMap<>();
    private final Map<String, Contents> safeNames = new TreeMap<>();
    private final List<NameChange> nameChanges = new ArrayList<>();

    private final Waiters stalled = new Waiters();
    private int stalls;
    private int failures;
    private int fillings;
    private long stallHits;
    private long failureHits;
    private long fullHits;

    public SimulatedDisk(Scheduler scheduler, RandomGenerator random, String host, DiskConditions conditions) {
        this.scheduler = scheduler;
        this.random = random;
        this.host = host;
        this.conditions = conditions;
    }

    @Override
    public List<String> list() throws IOException {
        access("list", "", conditions.access());
        return List.copyOf(files.keySet());
    }

    @Override
    public boolean exists(String file) throws IOException {
        access("look for", file, conditions.access());
        return files.containsKey(file);
    }

    @Override
    public long size(String file) throws IOException {
        access("measure", file, conditions.access());
        return existing(file).size();
    }

    @Override
    public int read(String file, long position, ByteBuffer target) throws IOException {
        access("read", file, conditions.access());
        byte[] bytes = new byte[target.remaining()];
        int count = existing(file).read(position, bytes);
        target.put(bytes, 0, count);
        return count;
    }

    @Override
    public void write(String file, long position, ByteBuffer source) throws IOException {
        access("write", file, conditions.access());
        put(file, position, source);
    }

    @Override
    public void append(String file, ByteBuffer source) throws IOException {
        access("append to", file, conditions.access());
        Contents contents = files.get(file);
        put(file, contents == null ? 0 : contents.size(), source);
    }

    private void put(String file, long position, ByteBuffer source) throws IOException {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        if (bytes.length == 0) {
            made(file); // and not longer, however far behind the end nothing is written
        } else {
            reserve(file, position + bytes.length);
            made(file).write(position, bytes);
        }
        scheduler.record("write", file, bytes.length);
    }

    @Override
    public void truncate(String file, long size) throws IOException {
        access("truncate", file, conditions.access());
        existing(file).truncate(size);
        scheduler.record("truncate", file, size);
    }

    @Override
    public void sync(String file) throws IOException {
        Contents contents = existing(file);
        long lastChange = contents.lastChange();
        try {
            access("sync", file, conditions.sync());
        } catch (IOException failed) {
            contents.failSync();
            throw failed;
        }
        contents.sync(lastChange);
        scheduler.record("sync", file, 0);
    }

    @Override
    public void delete(String file) throws IOException {
        access("delete", file, conditions.access());
        changeNames(names -> names.remove(file));
        scheduler.record("delete", file, 0);
    }

    @Override
    public void rename(String file, String target) throws IOException {
        access("rename", file, conditions.access());
        Contents contents = existing(file);
        changeNames(names -> {
            names.remove(file);
            names.put(target, contents);
        });
        scheduler.record("rename", file + " to " + target, 0);
    }

    @Override
    public void syncNames() throws IOException {
        List<NameChange> before = List.copyOf(nameChanges);
        access("sync", "names", conditions.sync());
        before.stream().filter(nameChanges::contains).forEach(change -> change.applyTo(safeNames));
        nameChanges.removeAll(before);
        scheduler.record("sync", "names", 0);
    }

    /**
     * Power fails. What was not synced may be lost, whole or in parts; names keep the order in which they were
     * changed.
     */
    public void crash() {
        int survivors = random.nextInt(nameChanges.size() + 1);
        nameChanges.subList(0, survivors).forEach(change -> change.applyTo(safeNames));
        nameChanges.clear();
        Set<Contents> all = new LinkedHashSet<>(safeNames.values());
        all.forEach(contents -> contents.crash(random));
        files.clear();
        files.putAll(safeNames);
    }

    /** Whoever uses the disk waits until each stall has been ended. */
    public void stall() {
        stalls++;
    }

    public void endStall() {
        stalls--;
        stalled.wake();
    }

    /** Whatever is done fails until each failure has been ended. */
    public void fail() {
        failures++;
    }

    public void endFailure() {
        failures--;
    }

    /** There is room for nothing more until each filling has been ended. */
    public void fill() {
        fillings++;
    }

    public void endFilling() {
        fillings--;
    }

    /** How many accesses had to wait because of a stall. */
    public long stallHits() {
        return stallHits;
    }

    /** How many accesses failed because of a failure. */
    public long failureHits() {
        return failureHits;
    }

    /** How many writes found a disk without room. */
    public long fullHits() {
        return fullHits;
    }

    private void access(String what, String file, Duration time) throws IOException {
        scheduler.preempt();
        if (stalls > 0) {
            stallHits++;
            scheduler.record("stalled", file, 0);
            stalled.await(() -> stalls == 0);
        }
        if (!time.isZero()) {
            scheduler.sleep(time);
        }
        if (failures > 0) {
            failureHits++;
            scheduler.record("failed", file, 0);
            throw new IOException("disk of " + host + ": cannot " + what + " " + file + ": input/output error");
        }
    }

    private void reserve(String file, long newSize) throws IOException {
        long used = files.values().stream().mapToLong(Contents::size).sum();
        Contents contents = files.get(file);
        long growth = Math.max(0, newSize - (contents == null ? 0 : contents.size()));
        if (growth > 0 && (fillings > 0 || used + growth > conditions.capacityBytes())) {
            fullHits++;
            scheduler.record("full", file, used);
            throw new IOException("disk of " + host + ": cannot write " + growth + " more bytes to " + file
                    + ": no space left, " + used + " bytes are used");
        }
    }

    private Contents existing(String file) throws FileNotFoundException {
        Contents contents = files.get(file);
        if (contents == null) {
            throw new FileNotFoundException("disk of " + host + ": there is no file " + file);
        }
        return contents;
    }

    private Contents made(String file) {
        Contents contents = files.get(file);
        if (contents == null) {
            Contents fresh = new Contents();
            changeNames(names -> names.put(file, fresh));
            return fresh;
        }
        return contents;
    }

    private void changeNames(NameChange change) {
        change.applyTo(files);
        nameChanges.add(change);
    }
}
