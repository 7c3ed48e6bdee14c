package org.actium.codec.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.actium.codec.api.CodecException;
import org.actium.codec.api.Immutable;
import org.actium.codec.api.Substitution;
import org.junit.Test;

/** The rule of docs/semantics.md about what copies share, sentence by sentence. */
public class SharingTest {

    private final JavaCodec codec = new JavaCodec();

    enum Shape {
        ROUND,
        SQUARE {
            @Override
            int corners() {
                return 4;
            }
        };

        int corners() {
            return 0;
        }
    }

    private record Point(int x, Integer y, Shape shape) implements Serializable {}

    private record Unsent(int x) {}

    private record Holder(Object content) implements Serializable {}

    private record Numbers(int[] all) implements Serializable {}

    private sealed interface Answer extends Serializable {}

    private record Yes(String why) implements Answer {}

    private record No(Date until) implements Answer {}

    private record Poll(Answer answer) implements Serializable {}

    @Immutable
    private static class Price implements Serializable {
        private static final long serialVersionUID = 1;
        final long[] digits = {1, 2};
    }

    private static final class Discount extends Price {
        private static final long serialVersionUID = 1;
    }

    @Immutable
    private record Digest(byte[] bytes) implements Serializable {}

    @Immutable
    private static final class Secret {
        final int code = 7;
    }

    private static final class Address implements Serializable {
        private static final long serialVersionUID = 1;
        final String street = "Main Street";
    }

    private static final class Order implements Serializable {
        private static final long serialVersionUID = 1;
        private final Price price = new Price();
    }

    private void assertShared(Object... values) {
        for (Object value : values) {
            assertThat(codec.isShared(value)).as("%s", value).isTrue();
            assertThat(codec.copy(value, Substitution.NONE)).as("%s", value).isSameAs(value);
        }
    }

    private void assertCopied(Object... values) {
        for (Object value : values) {
            assertThat(codec.isShared(value)).as("%s", value).isFalse();
            assertThat(codec.copy(value, Substitution.NONE)).as("%s", value).isNotSameAs(value);
        }
    }

    @Test
    public void immutableValuesOfTheJdkAreShared() {
        assertShared(
                "text",
                true,
                'c',
                (byte) 1,
                (short) 1,
                1_000,
                1_000L,
                1f,
                1d,
                String.class,
                new BigInteger("1000"),
                new BigDecimal("1.5"),
                MathContext.DECIMAL128,
                new UUID(1, 2),
                URI.create("a:b"),
                Locale.ROOT,
                Pattern.compile("a+"),
                new StackTraceElement("a", "b", "c", 1),
                OptionalInt.of(1),
                Instant.EPOCH,
                Duration.ofDays(1),
                DayOfWeek.MONDAY,
                ZoneId.of("Europe/Paris"));
    }

    @Test
    public void aSubclassOfSuchAValueIsNot() {
        assertThat(codec.isShared(new BigInteger("5") {})).isFalse();
    }

    @Test
    public void enumsAreShared() {
        assertShared(Shape.ROUND, Shape.SQUARE);
    }

    @Test
    public void recordsAreSharedIfWhatIsInThemCanBe() {
        assertShared(
                new Point(1, 2, Shape.SQUARE),
                new Holder("text"),
                new Holder(new Holder(null)),
                new Holder(new Price()),
                new Poll(new Yes("because")));
        assertCopied(new Holder(new Date(0)), new Numbers(new int[] {1}), new Poll(new No(new Date(0))));
    }

    @Test
    public void whatCannotGoToAnotherRuntimeIsRefusedHereToo() {
        for (Object unsent : List.of(new Unsent(1), new Secret())) {
            assertThat(codec.isShared(unsent)).as("%s", unsent).isFalse();
            assertThatThrownBy(() -> codec.copy(unsent, Substitution.NONE))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("is not serializable");
        }
    }

    @Test
    public void unmodifiableCollectionsAreSharedIfWhatIsInThemCanBe() {
        assertShared(List.of(), List.of(1, 2, 3), Set.of("a"), Map.of("a", new Price()), Optional.of(new Holder("a")));
        assertCopied(
                List.of(new Date(0)),
                Map.of("a", new ArrayList<>(List.of(1))),
                Collections.unmodifiableList(new ArrayList<>(List.of(1))));
    }

    @Test
    public void manyElementsAndDeepNestingAreCopiedBecauseAskingTakesTime() {
        assertShared(List.copyOf(numbers(16)), nested(6));
        assertCopied(List.copyOf(numbers(17)), nested(7));
    }

    private static List<Integer> numbers(int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private static Object nested(int depth) {
        return depth == 0 ? 1 : new Holder(nested(depth - 1));
    }

    @Test
    public void objectsOfClassesWithTheAnnotationAreShared() {
        assertShared(new Price(), new Digest(new byte[] {1}));
        Order order = new Order();
        assertThat(codec.copy(order, Substitution.NONE).price)
                .as("inside of what is copied, too")
                .isSameAs(order.price);
    }

    @Test
    public void theAnnotationIsNotInherited() {
        assertCopied(new Discount());
        assertThat(codec.isShared(new Holder(new Discount()))).isFalse();
    }

    @Test
    public void objectsOfClassesThatTheConfigurationNamesAreShared() {
        assertCopied(new Address());
        JavaCodec told = new JavaCodec(
                ReadLimits.DEFAULT,
                SharingSettings.of(
                        Optional.of(" com.example.Missing, " + Address.class.getName() + ","), Optional.empty()));
        Address address = new Address();

        assertThat(told.isShared(address)).isTrue();
        assertThat(told.copy(address, Substitution.NONE)).isSameAs(address);
        assertThat(told.sharingCheck()).isEmpty();
    }

    @Test
    public void theConfigurationCannotNameClassesOfTheJdk() {
        assertThatThrownBy(() -> SharingSettings.of(Optional.of("java.util.Date"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("actium.codec.immutable names java.util.Date: "
                        + "which classes of the JDK are shared is decided already");
    }

    @Test
    public void theCheckIsOnOrOff() {
        assertThat(SharingSettings.of(Optional.empty(), Optional.of("true")).reports())
                .isPresent();
        assertThat(SharingSettings.of(Optional.empty(), Optional.of("false")).reports())
                .isEmpty();
        assertThatThrownBy(() -> SharingSettings.of(Optional.empty(), Optional.of("yes")))
                .hasMessage("actium.codec.checkShared is 'yes'; it must be true or false");
    }

    @Test
    public void everythingElseIsCopied() {
        assertCopied(
                new ArrayList<>(List.of(1)),
                new int[] {1},
                new Object[] {1},
                new Date(0),
                new AtomicInteger(1),
                new Order());
    }
}
