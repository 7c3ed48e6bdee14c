package org.actium.codec.java;

import java.io.ObjectInputStream;
import java.io.Serializable;

/** Tells when it is read. */
final class Trap implements Serializable {

    static boolean sprung;

    private void readObject(ObjectInputStream in) {
        sprung = true;
    }
}
