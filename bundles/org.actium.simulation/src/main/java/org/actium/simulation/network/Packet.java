package org.actium.simulation.network;

/** Something on its way from one host to another. */
@FunctionalInterface
interface Packet {

    void arrived();

    /** The way is cut; it will be sent again when it is whole. */
    default void held() {}
}
