package org.actium.benchmarks.ft;

/** What becomes of objects whose JVM is lost. */
enum Protection {
    NONE("none"),
    PML("pml");

    private final String title;

    Protection(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
