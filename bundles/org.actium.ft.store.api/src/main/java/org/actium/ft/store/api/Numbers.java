package org.actium.ft.store.api;

/** Checks of what fences compare. */
final class Numbers {

    private Numbers() {}

    static void requirePositive(long number, String what) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    what + " is " + number + ", must be 1 or more: 0 means that there is none");
        }
    }
}
