package org.actium.simulation.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.Codec;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.Substitution;
import org.actium.codec.java.JavaCodec;
import org.junit.Test;

public class CopyingCodecTest {

    private static final ClassScope SCOPE = ClassScope.of(CopyingCodecTest.class.getClassLoader());

    private final Codec codec = new CopyingCodec(new JavaCodec());

    /** Goes by reference: what stands for it does not fit into a field of its type. */
    public static class Door {
        final int number;

        Door(int number) {
            this.number = number;
        }
    }

    record DoorNumber(int number) implements Serializable {}

    record House(List<String> names, Door front, Door back) implements Serializable {}

    /** Copied by the stream, because it writes itself. */
    public static class Odd implements Serializable {
        private static final long serialVersionUID = 1;
        final House house;

        Odd(House house) {
            this.house = house;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
        }
    }

    /** Here doors are others than there. */
    private record Doors(List<Door> known) implements Substitution {

        @Override
        public Object replace(Object original) {
            return original instanceof Door door ? new DoorNumber(door.number) : original;
        }

        @Override
        public Object restore(Object substitute) {
            return substitute instanceof DoorNumber(int number) ? known.get(number) : substitute;
        }
    }

    private final Substitution there = new Doors(List.of(new Door(0), new Door(1)));
    private final List<Door> doorsHere = List.of(new Door(0), new Door(1));
    private final Substitution here = new Doors(doorsHere);

    private byte[] written(Object value, Substitution substitution) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.write(value, bytes, substitution);
        return bytes.toByteArray();
    }

    private Object read(byte[] bytes, ClassScope scope) {
        return codec.read(new ByteArrayInputStream(bytes), scope, here);
    }

    private static House house(String name) {
        Door door = new Door(1);
        return new House(new ArrayList<>(List.of(name)), door, door);
    }

    @Test
    public void whatGoesByReferenceIsThatOfTheReader() {
        House read = (House) read(written(house("Ida"), there), SCOPE);

        assertThat(read.names()).containsExactly("Ida");
        assertThat(read.front()).isSameAs(doorsHere.get(1)).isSameAs(read.back());
        assertThat(read(written(new Door(0), there), SCOPE)).isSameAs(doorsHere.get(0));
    }

    @Test
    public void aSubstituteThatIsWrittenAsSuchIsRestoredToo() {
        assertThat(read(written(new DoorNumber(1), there), SCOPE)).isSameAs(doorsHere.get(1));
        assertThat(read(written(null, there), SCOPE)).isNull();
    }

    @Test
    public void alsoWhereAnObjectWritesItself() {
        Odd read = (Odd) read(written(new Odd(house("Ida")), there), SCOPE);

        assertThat(read.house.names()).containsExactly("Ida");
        assertThat(read.house.front()).isSameAs(doorsHere.get(1)).isSameAs(read.house.back());
    }

    @Test
    public void whatWasWrittenDoesNotChangeWithItsOriginalNorWithWhatWasRead() {
        House house = house("Ida");
        byte[] bytes = written(house, there);
        house.names().add("Max");
        ((House) read(bytes, SCOPE)).names().add("Eva");

        assertThat(((House) read(bytes, SCOPE)).names()).containsExactly("Ida");
    }

    @Test
    public void classesThatTheScopeDoesNotAdmitAreRefused() {
        byte[] bytes = written(house("Ida"), there);
        ClassScope stranger = new ClassScope() {
            @Override
            public Class<?> find(String name) throws ClassNotFoundException {
                return Class.forName(name);
            }

            @Override
            public boolean admits(Class<?> type) {
                return false;
            }
        };

        assertThatThrownBy(() -> read(bytes, stranger))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(House.class.getName() + ", which is not admitted here");
    }

    @Test
    public void whatCannotTravelIsRefusedWhenItIsWritten() {
        assertThatThrownBy(() -> written(new Object[] {new Thread()}, there))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("value[0]")
                .hasMessageContaining("not serializable");
    }

    @Test
    public void damagedMessagesAreRefused() {
        assertThatThrownBy(() -> read(new byte[8], SCOPE)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> read(new byte[3], SCOPE)).isInstanceOf(CodecException.class);
    }
}
