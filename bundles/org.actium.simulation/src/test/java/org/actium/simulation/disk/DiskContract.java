package org.actium.simulation.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.Before;
import org.junit.Test;

/** What every {@link Disk} does while nothing fails; what a crash leaves only a simulated one can show. */
public abstract class DiskContract {

    private Disk disk;

    /** An empty one. */
    protected abstract Disk emptyDisk() throws IOException;

    @Before
    public void begin() throws IOException {
        disk = emptyDisk();
    }

    @Test
    public void whatIsWrittenIsThereAtOnceAndGapsAreZeros() throws IOException {
        disk.append("log", utf8("hello "));
        disk.append("log", utf8("world"));
        disk.write("log", 0, utf8("J"));
        disk.write("sparse", 3, utf8("x"));

        assertThat(contents("log")).isEqualTo("Jello world");
        assertThat(contents("sparse")).isEqualTo("\0\0\0x");
        assertThat(disk.size("sparse")).isEqualTo(4);
        assertThat(disk.list()).containsExactly("log", "sparse");
    }

    @Test
    public void readingFillsTheBufferOrEndsWithTheFile() throws IOException {
        disk.append("log", utf8("hello"));
        ByteBuffer four = ByteBuffer.allocate(4);

        assertThat(disk.read("log", 3, four)).isEqualTo(2);
        assertThat(four.remaining()).isEqualTo(2);
        assertThat(disk.read("log", 0, four)).isEqualTo(2);
        assertThat(new String(four.array(), StandardCharsets.UTF_8)).isEqualTo("lohe");
        assertThat(disk.read("log", 5, ByteBuffer.allocate(4))).isZero();
        assertThat(disk.read("log", 99, ByteBuffer.allocate(4))).isZero();
    }

    @Test
    public void writingNothingMakesAFileAndChangesNone() throws IOException {
        disk.append("empty", utf8(""));
        disk.append("log", utf8("hello"));
        disk.write("log", 99, utf8(""));

        assertThat(disk.size("empty")).isZero();
        assertThat(disk.size("log")).isEqualTo(5);
    }

    @Test
    public void truncatingCutsAndNeverGrows() throws IOException {
        disk.append("log", utf8("12345"));
        disk.truncate("log", 9);
        assertThat(contents("log")).isEqualTo("12345");

        disk.truncate("log", 2);
        disk.write("log", 3, utf8("x"));
        assertThat(contents("log")).as("what was cut does not come back").isEqualTo("12\0x");
    }

    @Test
    public void renamingReplacesAndDeletingTwiceIsNothing() throws IOException {
        disk.append("new", utf8("new"));
        disk.append("old", utf8("old"));
        disk.rename("new", "old");
        disk.rename("old", "old");
        assertThat(disk.list()).containsExactly("old");
        assertThat(contents("old")).isEqualTo("new");

        disk.delete("old");
        disk.delete("old");
        assertThat(disk.exists("old")).isFalse();
    }

    @Test
    public void syncingChangesNothingThatIsRead() throws IOException {
        disk.append("log", utf8("hello"));
        disk.sync("log");
        disk.syncNames();

        assertThat(contents("log")).isEqualTo("hello");
    }

    @Test
    public void whatIsNotThereIsMissed() {
        assertThatThrownBy(() -> disk.size("nothing")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> disk.read("nothing", 0, utf8("x"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> disk.truncate("nothing", 0)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> disk.sync("nothing")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> disk.rename("nothing", "something")).isInstanceOf(IOException.class);
    }

    private String contents(String file) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) disk.size(file));
        assertThat(disk.read(file, 0, all)).isEqualTo(all.capacity());
        return new String(all.array(), StandardCharsets.UTF_8);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
