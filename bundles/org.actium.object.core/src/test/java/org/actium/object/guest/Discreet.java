package org.actium.object.guest;

/** Shows something to its package only. */
public class Discreet {

    String whispered() {
        return "for the package";
    }
}
