package org.actium.remote.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.Test;

public class SparesTest {

    private static final int LONG = Spares.MIN_BYTES;

    private boolean keeping = true;
    private final Spares spares = new Spares(() -> keeping);

    @Test
    public void whatCameBackLastGoesFirst() {
        byte[] one = spares.take(LONG);
        byte[] two = spares.take(LONG);
        spares.give(one);
        spares.give(two);
        assertThat(spares.take(LONG)).isSameAs(two);
        assertThat(spares.take(LONG)).isSameAs(one);
        assertThat(spares.take(LONG)).isNotSameAs(one).isNotSameAs(two);
    }

    @Test
    public void whatIsTooShortIsPassedOver() {
        byte[] longer = spares.take(2 * LONG);
        byte[] shorter = spares.take(LONG);
        spares.give(longer);
        spares.give(shorter);
        assertThat(spares.take(2 * LONG)).isSameAs(longer);
        assertThat(spares.take(2 * LONG)).isNotSameAs(shorter);
        assertThat(spares.take(LONG)).isSameAs(shorter);
    }

    @Test
    public void keepsNeitherShortOnesNorMoreThanSoManyBytes() {
        spares.give(new byte[LONG - 1]);
        spares.give(new byte[Spares.MAX_BYTES + 1]);
        assertThat(spares.bytes()).isZero();
        for (int i = 0; i < 100; i++) {
            spares.give(new byte[LONG]);
        }
        assertThat(spares.bytes()).isBetween(Spares.MAX_BYTES - LONG, Spares.MAX_BYTES);
    }

    @Test
    public void whatIsNoLongerThanBeforeByAFewBytesFits() {
        byte[] memory = spares.take(1 << 20);
        spares.give(memory);
        assertThat(spares.take((1 << 20) - 100)).isSameAs(memory);
        byte[] rounded = spares.take((1 << 20) + 1);
        spares.give(rounded);
        assertThat(spares.take((1 << 20) + 1000)).isSameAs(rounded);
    }

    @Test
    public void thoseThatDoNotFitMakeRoomForThoseThatDo() {
        for (int i = 0; i < 100; i++) {
            spares.give(new byte[LONG]);
        }
        byte[] longer = spares.take(2 * LONG);
        spares.give(longer);
        assertThat(spares.bytes()).isLessThanOrEqualTo(Spares.MAX_BYTES);
        assertThat(spares.take(2 * LONG)).isSameAs(longer);
    }

    @Test
    public void whatWasLentIsReturnedOnce() {
        byte[] lent = spares.lend(LONG);
        assertThat(spares.isReturned(new byte[LONG])).as("another one").isFalse();
        assertThat(spares.isReturned(lent)).isTrue();
        assertThat(spares.isReturned(lent)).as("a second time").isFalse();
        assertThat(spares.isReturned(spares.take(LONG))).as("not lent").isFalse();
    }

    @Test
    public void remembersSoManyThatAreLent() {
        byte[] forgotten = spares.lend(LONG);
        byte[][] others = new byte[16][];
        for (int i = 0; i < others.length; i++) {
            others[i] = spares.lend(LONG);
        }
        assertThat(spares.isReturned(forgotten)).isFalse();
        for (byte[] other : others) {
            assertThat(spares.isReturned(other)).isTrue();
        }
    }

    @Test
    public void keepsNothingWhileNothingIsToBeKept() {
        keeping = false;
        spares.give(new byte[LONG]);
        assertThat(spares.bytes()).isZero();
        assertThat(spares.take(LONG)).hasSizeGreaterThanOrEqualTo(LONG);
    }

    @Test
    public void whatIsDroppedIsForgotten() {
        byte[] lent = spares.lend(LONG);
        spares.give(new byte[LONG]);
        spares.drop();
        assertThat(spares.bytes()).isZero();
        assertThat(spares.isReturned(lent)).isFalse();
    }
}
