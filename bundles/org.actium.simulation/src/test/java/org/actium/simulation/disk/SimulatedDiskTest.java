package org.actium.simulation.disk;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.actium.simulation.engine.Ending;
import org.actium.simulation.engine.Lane;
import org.actium.simulation.engine.Limits;
import org.actium.simulation.engine.RandomStreams;
import org.actium.simulation.engine.Scheduler;
import org.actium.simulation.engine.Strategy;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

public class SimulatedDiskTest {

    @Rule
    public final Timeout deadline = Timeout.seconds(60);

    private final List<String> heard = new ArrayList<>();
    private Scheduler scheduler;
    private Lane lane;
    private SimulatedDisk disk;

    public SimulatedDiskTest() {
        begin(1, DiskConditions.DEFAULT);
    }

    private void begin(long seed, DiskConditions conditions) {
        RandomStreams streams = new RandomStreams(seed);
        scheduler = new Scheduler(streams, Strategy.random(), Limits.DEFAULT, 1000, 0);
        lane = scheduler.lane("h1");
        disk = new SimulatedDisk(scheduler, streams.named("disk"), "h1", conditions);
    }

    @Test
    public void whatWasWrittenIsReadAtOnce() {
        run(() -> {
            disk.append("log", utf8("hello "));
            disk.append("log", utf8("world"));
            disk.write("log", 0, utf8("J"));
            disk.write("sparse", 3, utf8("x"));
            ByteBuffer part = ByteBuffer.allocate(4);

            assertThat(contents("log")).isEqualTo("Jello world");
            assertThat(disk.read("log", 9, part)).isEqualTo(2);
            assertThat(disk.read("log", 11, part)).isZero();
            assertThat(disk.size("sparse")).isEqualTo(4);
            assertThat(contents("sparse")).isEqualTo("\0\0\0x");
            assertThat(disk.list()).containsExactly("log", "sparse");
        });
    }

    @Test
    public void filesAreCutRenamedAndDeleted() {
        run(() -> {
            disk.append("a", utf8("12345"));
            disk.truncate("a", 2);
            disk.append("a", utf8("x"));
            disk.append("b", utf8("old"));
            disk.rename("a", "b");
            disk.append("c", utf8("c"));
            disk.delete("c");
            disk.delete("never was");

            assertThat(contents("b")).isEqualTo("12x");
            assertThat(disk.list()).containsExactly("b");
            assertThat(disk.exists("a")).isFalse();
            assertThatThrownBy(() -> disk.size("a"))
                    .isInstanceOf(FileNotFoundException.class)
                    .hasMessage("disk of h1: there is no file a");
        });
    }

    @Test
    public void whatWasSyncedSurvivesEveryCrash() {
        for (long seed = 0; seed < 50; seed++) {
            begin(seed, DiskConditions.DEFAULT);
            run(() -> {
                disk.append("log", bytes('a', 3000));
                disk.sync("log");
                disk.syncNames();
                disk.append("log", bytes('b', 3000));
                disk.crash();

                assertThat(contents("log")).startsWith("a".repeat(3000));
            });
        }
    }

    @Test
    public void whatWasNotSyncedIsKeptTornOrLostBySectors() {
        Set<String> fates = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            begin(seed, DiskConditions.DEFAULT);
            run(() -> {
                disk.append("table", bytes('a', 2048));
                disk.sync("table");
                disk.syncNames();
                disk.write("table", 100, bytes('b', 1900));
                disk.crash();

                String left = contents("table");
                assertThat(left).matches("a{100}(a{412}|b{412})(a{512}|b{512}){2}(a{464}|b{464})a{48}");
                fates.add(left);
            });
        }
        assertThat(fates).as("16 ways to keep 4 sectors").hasSizeBetween(12, 16);
    }

    @Test
    public void aTornAppendMayLeaveZerosBehind() {
        Set<String> shapes = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            begin(seed, DiskConditions.DEFAULT);
            run(() -> {
                disk.append("log", utf8("head"));
                disk.sync("log");
                disk.syncNames();
                disk.append("log", bytes('b', 1000));
                disk.crash();
                shapes.add(contents("log").replaceAll("b+", "b").replaceAll("\0+", "0"));
            });
        }
        assertThat(shapes).containsExactlyInAnyOrder("head", "headb", "head0b");
    }

    @Test
    public void namesThatWereNotSyncedComeAndGoInTheirOrder() {
        Set<List<String>> left = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            begin(seed, DiskConditions.DEFAULT);
            run(() -> {
                disk.append("current", utf8("1"));
                disk.sync("current");
                disk.syncNames();
                disk.append("new", utf8("2"));
                disk.sync("new");
                disk.rename("new", "current");
                disk.append("extra", utf8("3"));
                disk.sync("extra");
                disk.crash();

                List<String> files = new ArrayList<>();
                for (String file : disk.list()) {
                    files.add(file + contents(file));
                }
                left.add(files);
            });
        }
        assertThat(left)
                .containsExactlyInAnyOrder(
                        List.of("current1"),
                        List.of("current1", "new2"),
                        List.of("current2"),
                        List.of("current2", "extra3"));
    }

    @Test
    public void syncingTakesTimeAndMakesSafeWhatCameBeforeIt() {
        Set<String> left = new HashSet<>();
        for (long seed = 0; seed < 30; seed++) {
            begin(seed, DiskConditions.DEFAULT);
            on("writer", () -> {
                scheduler.sleep(ofMillis(3));
                disk.append("log", utf8("late"));
            });
            run(() -> {
                disk.append("log", utf8("early "));
                disk.syncNames();
                long begin = scheduler.now();
                disk.sync("log");
                assertThat(Duration.ofNanos(scheduler.now() - begin)).isEqualTo(ofMillis(2));
                disk.crash();
                left.add(contents("log"));
            });
        }
        assertThat(left)
                .as("the other write came while the sync was under way")
                .containsExactlyInAnyOrder("early ", "early late");
    }

    @Test
    public void afterAFailedSyncNothingSavesWhatWasWrittenBefore() {
        Set<String> left = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            begin(seed, DiskConditions.DEFAULT);
            run(() -> {
                disk.append("log", utf8("a"));
                disk.sync("log");
                disk.syncNames();
                disk.append("log", utf8("b"));
                disk.fail();
                assertThatThrownBy(() -> disk.sync("log"))
                        .isInstanceOf(IOException.class)
                        .hasMessage("disk of h1: cannot sync log: input/output error");
                disk.endFailure();
                disk.sync("log");
                assertThat(contents("log")).isEqualTo("ab");
                disk.crash();
                left.add(contents("log"));
            });
        }
        assertThat(left).containsExactlyInAnyOrder("a", "ab");
    }

    @Test
    public void aStalledDiskLetsEverybodyWait() {
        scheduler.at(0, disk::stall);
        scheduler.after(ofSeconds(30), disk::endStall);
        run(() -> {
            scheduler.sleep(ofMillis(1));
            disk.append("log", utf8("a"));
            heard.add("written at " + Duration.ofNanos(scheduler.now()));
        });

        assertThat(heard).containsExactly("written at PT30S");
        assertThat(disk.stallHits()).isEqualTo(1);
    }

    @Test
    public void aFailingDiskFailsUntilItIsMended() {
        run(() -> {
            disk.fail();
            assertThatThrownBy(() -> disk.append("log", utf8("a")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk of h1: cannot append to log: input/output error");
            disk.endFailure();
            disk.append("log", utf8("b"));
            assertThat(contents("log")).isEqualTo("b");
        });
        assertThat(disk.failureHits()).isEqualTo(1);
    }

    @Test
    public void aFullDiskTakesNoMoreButCanBeOverwritten() {
        begin(1, DiskConditions.DEFAULT.capacityBytes(10));
        run(() -> {
            disk.append("log", utf8("12345678"));
            assertThatThrownBy(() -> disk.append("other", utf8("abc")))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk of h1: cannot write 3 more bytes to other: no space left, 8 bytes are used");
            disk.write("log", 0, utf8("x"));
            disk.append("log", utf8("90"));
            disk.truncate("log", 1);
            disk.append("other", utf8("abc"));
            disk.fill();
            assertThatThrownBy(() -> disk.append("other", utf8("d"))).isInstanceOf(IOException.class);
            disk.endFilling();
            disk.append("other", utf8("d"));
            assertThat(contents("other")).isEqualTo("abcd");
        });
        assertThat(disk.fullHits()).isEqualTo(2);
    }

    @Test
    public void twoWhoAppendDoNotOverwriteEachOther() {
        begin(1, DiskConditions.DEFAULT.access(ofMillis(1)));
        on("other", () -> disk.append("log", utf8("a")));
        run(() -> {
            disk.append("log", utf8("b"));
            scheduler.sleep(ofMillis(5));
            assertThat(contents("log").chars().sorted().toArray()).containsExactly('a', 'b');
        });
    }

    private interface Task {
        void run() throws IOException;
    }

    private void on(String name, Task task) {
        scheduler.start(lane, name, () -> {
            try {
                task.run();
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    private void run(Task task) {
        on("test", task);
        Ending ending = scheduler.run();
        assertThat(ending)
                .as(ending instanceof Ending.Failed failed ? failed.failure().text() : "")
                .isEqualTo(new Ending.Quiet());
    }

    private String contents(String file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) disk.size(file));
        disk.read(file, 0, bytes);
        return StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
    }

    private static ByteBuffer bytes(char what, int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) what);
        return ByteBuffer.wrap(bytes);
    }

    private static ByteBuffer utf8(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }
}
