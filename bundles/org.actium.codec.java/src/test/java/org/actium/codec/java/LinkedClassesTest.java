package org.actium.codec.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actium.codec.api.ClassScope;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.ReceivedClasses;
import org.actium.codec.api.SentClasses;
import org.actium.codec.api.Substitution;
import org.junit.Test;

/** Classes that one end of a link has described to the other, and versions of a class that differ. */
public class LinkedClassesTest {

    private static final ClassScope HERE = ClassScope.of(LinkedClassesTest.class.getClassLoader());

    private final JavaCodec codec = new JavaCodec();
    private final ReceivedClasses known = codec.receivedClasses();
    private final Map<Integer, byte[]> announced = new LinkedHashMap<>();

    record Point(int x, int y) implements Serializable {}

    static class Account implements Serializable {
        private static final long serialVersionUID = 7;
        private final int number;
        private final String owner;

        Account(int number, String owner) {
            this.number = number;
            this.owner = owner;
        }
    }

    enum Colour {
        RED,
        GREEN
    }

    private void announce(int number, byte[] description) {
        announced.put(number, description);
        known.learn(number, description);
    }

    private ByteBuffer encoded(Object value, SentClasses told) {
        return codec.encode(value, Substitution.NONE, told).mark();
    }

    private Object decoded(ByteBuffer bytes) {
        return codec.decode(bytes, HERE, Substitution.NONE, known);
    }

    @Test
    public void aClassIsDescribedOnce() {
        SentClasses told = codec.sentClasses(this::announce);
        ByteBuffer first = encoded(new Point(1, 2), told);
        ByteBuffer second = encoded(new Object[] {new Point(3, 4), Colour.GREEN}, told);
        ByteBuffer third = encoded(new Account(5, "me"), told);

        assertThat(announced.keySet()).containsExactly(0, 1, 2);
        assertThat(first.remaining()).as("tag, class, two numbers").isEqualTo(4);
        assertThat(decoded(third)).extracting("number", "owner").containsExactly(5, "me");
        assertThat((Object[]) decoded(second)).containsExactly(new Point(3, 4), Colour.GREEN);
        assertThat(decoded(first)).isEqualTo(new Point(1, 2));
    }

    @Test
    public void aClassThatCannotBeAnnouncedIsDescribedInTheMessage() {
        SentClasses told = codec.sentClasses((number, description) -> {
            throw new IllegalStateException("the link is closed");
        });
        assertThat(decoded(encoded(List.of(new Point(1, 2), new Point(3, 4)), told)))
                .isEqualTo(List.of(new Point(1, 2), new Point(3, 4)));
    }

    @Test
    public void whatWasForgottenIsDescribedAgainUnderAnotherNumber() {
        SentClasses told = codec.sentClasses(this::announce);
        ByteBuffer before = encoded(new Point(1, 2), told);
        told.forget();
        ByteBuffer after = encoded(new Point(3, 4), told);

        assertThat(announced.keySet()).containsExactly(0, 1);
        assertThat(decoded(after)).isEqualTo(new Point(3, 4));
        assertThat(decoded(before)).isEqualTo(new Point(1, 2));
    }

    @Test
    public void aMessageWithoutItsDescriptionsIsRefused() {
        SentClasses told = codec.sentClasses((number, description) -> {});
        ByteBuffer message = encoded(new Point(1, 2), told);

        assertThatThrownBy(() -> decoded(message))
                .isInstanceOf(CodecException.class)
                .hasMessage("the message could not be read: class 0 was not described");
        assertThatThrownBy(() -> codec.decode(message.reset(), HERE, Substitution.NONE, ReceivedClasses.NONE))
                .hasMessage("the message could not be read: class 0 was described to somebody else");
    }

    @Test
    public void aLinkHasRoomForSoManyDescriptions() {
        byte[] description = form(Point.class.getName(), 0).toBytes();
        known.learn(1, description);

        assertThatThrownBy(() -> known.learn(1, description)).hasMessageContaining("described twice");
        assertThatThrownBy(() -> known.learn(SentTable.NUMBERS, description)).hasMessageContaining("a link has 4096");
        assertThatThrownBy(() -> known.learn(-1, description)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> known.learn(2, new byte[SentTable.DESCRIPTION_BYTES + 1]))
                .hasMessageContaining("longer than");
        byte[] longest = form("x".repeat(SentTable.DESCRIPTION_BYTES - 100), 0).toBytes();
        assertThatThrownBy(() -> {
                    for (int number = 2; number < SentTable.NUMBERS; number++) {
                        known.learn(number, longest);
                    }
                })
                .as("all together")
                .hasMessageContaining("longer than");
    }

    @Test
    public void theLastNumberIsTheLast() throws Exception {
        SentTable told = new SentTable(this::announce);
        ValuePlans plans = new ValuePlans();
        for (int i = 0; i < SentTable.NUMBERS; i++) {
            assertThat(told.number(Point.class, plans)).isEqualTo(i);
            told.forget();
        }
        assertThat(told.number(Point.class, plans)).isEqualTo(SentTable.UNKNOWN);
        assertThat(decoded(encoded(new Point(1, 2), told))).isEqualTo(new Point(1, 2));
    }

    @Test
    public void damagedDescriptionsAreRefused() {
        byte[] description =
                form(Point.class.getName(), 0, new ClassForm.Slot("x", 'I')).toBytes();
        for (int length = 0; length < description.length; length++) {
            byte[] cut = Arrays.copyOf(description, length);
            assertThatThrownBy(() -> known.learn(0, cut)).isInstanceOf(CodecException.class);
        }
    }

    @Test(timeout = 30_000)
    public void keepsNoClassLoaderAlive() throws Exception {
        SentClasses told = codec.sentClasses(this::announce);
        ReferenceQueue<ClassLoader> unloaded = new ReferenceQueue<>();
        Reference<ClassLoader> loader = sendAndForget(told, unloaded);
        Reference<?> gone = null;
        while (gone == null) {
            System.gc();
            gone = unloaded.remove(50);
        }
        assertThat(gone).isSameAs(loader);
    }

    private Reference<ClassLoader> sendAndForget(SentClasses told, ReferenceQueue<ClassLoader> unloaded)
            throws Exception {
        SeparateLoader loader = new SeparateLoader();
        Object values = new Object[] {loader.instance(Carton.class)};
        Object read = codec.decode(encoded(values, told), ClassScope.of(loader), Substitution.NONE, known);
        assertThat(((Object[]) read)[0].getClass().getClassLoader()).isSameAs(loader);
        return new WeakReference<>(loader, unloaded);
    }

    @Test
    public void theSameNumberIsTheClassOfWhoeverReads() throws Exception {
        SentClasses told = codec.sentClasses(this::announce);
        SeparateLoader first = new SeparateLoader();
        SeparateLoader second = new SeparateLoader();
        ByteBuffer message = encoded(first.instance(Carton.class), told);

        for (SeparateLoader loader : List.of(first, second, first)) {
            Object read = codec.decode(message.reset(), ClassScope.of(loader), Substitution.NONE, known);
            assertThat(read.getClass().getClassLoader()).isSameAs(loader);
        }
    }

    // versions

    private static ClassForm form(String name, long serialVersionUid, ClassForm.Slot... slots) {
        return new ClassForm(name, List.of(new ClassForm.Level(name, serialVersionUid, List.of(slots))), List.of());
    }

    /** An object of a class that looked like that where it was written. */
    private Object ofVersion(ClassForm form, int tag, Object... fields) {
        ReceivedClasses theirs = codec.receivedClasses();
        theirs.learn(0, form.toBytes());
        Output out = new Output(64);
        out.putByte(tag);
        out.putNumber(1);
        ValueWriter writer = new ValueWriter(out, new ValuePlans(), Substitution.NONE, null);
        for (Object field : fields) {
            switch (field) {
                case Integer number -> out.putSigned(number);
                case Long number -> out.putSigned(number);
                default -> writer.put(field);
            }
        }
        return codec.decode(out.toBuffer(), HERE, Substitution.NONE, theirs);
    }

    @Test
    public void fieldsAreFoundByNameAndMissingOnesAreZero() {
        ClassForm other =
                form(Account.class.getName(), 7, new ClassForm.Slot("since", 'J'), new ClassForm.Slot("owner", 'L'));
        assertThat(ofVersion(other, Tags.OBJECT, 1980L, "me"))
                .isInstanceOf(Account.class)
                .extracting("number", "owner")
                .containsExactly(0, "me");

        ClassForm record = form(Point.class.getName(), 0, new ClassForm.Slot("z", 'I'), new ClassForm.Slot("y", 'I'));
        assertThat(ofVersion(record, Tags.RECORD, 8, 9)).isEqualTo(new Point(0, 9));
    }

    @Test
    public void versionsThatDoNotFitAreRefused() {
        ClassForm otherNumber = form(Account.class.getName(), 8, new ClassForm.Slot("number", 'I'));
        assertThatThrownBy(() -> ofVersion(otherNumber, Tags.OBJECT, 1))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("has the serialVersionUID 7 here and 8 where it was written");
        ClassForm otherType = form(Account.class.getName(), 7, new ClassForm.Slot("number", 'J'));
        assertThatThrownBy(() -> ofVersion(otherType, Tags.OBJECT, 1L))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("field number of " + Account.class.getName() + " has the type I here and J");
        ClassForm otherReference = form(Account.class.getName(), 7, new ClassForm.Slot("owner", 'L'));
        assertThatThrownBy(() -> ofVersion(otherReference, Tags.OBJECT, (Object) new int[1]))
                .isInstanceOf(CodecException.class);
    }

    @Test
    public void aConstantThatIsNotThereIsRefused() {
        ReceivedClasses theirs = codec.receivedClasses();
        theirs.learn(0, new ClassForm(Colour.class.getName(), List.of(), List.of("BLUE", "RED")).toBytes());

        assertThat(codec.decode(constant(1), HERE, Substitution.NONE, theirs)).isEqualTo(Colour.RED);
        assertThatThrownBy(() -> codec.decode(constant(0), HERE, Substitution.NONE, theirs))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("BLUE");
        assertThatThrownBy(() -> codec.decode(constant(2), HERE, Substitution.NONE, theirs))
                .isInstanceOf(CodecException.class);
    }

    private static ByteBuffer constant(int position) {
        return ByteBuffer.wrap(new byte[] {Tags.ENUM, 1, (byte) position});
    }

    @Test
    public void whatReadsItselfIsNotReadByItsFields() {
        Trap.sprung = false;
        assertThatThrownBy(() -> ofVersion(form(Trap.class.getName(), 0), Tags.OBJECT))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("is not read by its fields here");
        assertThatThrownBy(() -> ofVersion(form(ArrayList.class.getName(), 0), Tags.OBJECT))
                .isInstanceOf(CodecException.class);
        assertThat(Trap.sprung).isFalse();
    }
}
