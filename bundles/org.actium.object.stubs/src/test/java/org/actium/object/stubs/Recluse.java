package org.actium.object.stubs;

/** A class of its own file that only its package sees. */
class Recluse {
    String greet() {
        return "hi";
    }
}
