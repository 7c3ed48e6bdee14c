package org.actium.torture.application;

import java.io.Serializable;
import java.util.Arrays;

/** An active object: numbers in the order in which they came. */
public class GrowingList implements Serializable {

    private static final long serialVersionUID = 1;

    private long[] numbers = new long[16];
    private int size;

    /** @return how many there are then */
    public int append(long number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = number;
        return size;
    }

    public long[] read() {
        return Arrays.copyOf(numbers, size);
    }
}
