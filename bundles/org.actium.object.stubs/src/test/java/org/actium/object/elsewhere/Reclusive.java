package org.actium.object.elsewhere;

/** Has a public method whose result only its own package sees. */
public class Reclusive {

    /** Not for others. */
    static class Hermit {}

    public Hermit hidden() {
        return new Hermit();
    }
}
