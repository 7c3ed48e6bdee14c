package org.actium.simulation.network;

/**
 * A frame that was sent; the same in every run that got as far.
 *
 * @param connection who to whom, for example {@code h1->h2:7000#3}: the third connection that h1 dialled
 * @param number counted from 0 in each direction
 */
public record MessageId(String connection, long number) {

    @Override
    public String toString() {
        return connection + "/" + number;
    }
}
