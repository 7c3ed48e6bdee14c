package org.actium.launcher.container;

/** A component that throws if it is told to; packed into bundles by {@link ComponentsTest}. */
public final class Part implements Runnable {

    void activate() {
        if (Boolean.getBoolean("test.part.fails")) {
            throw new IllegalStateException("no such queue");
        }
    }

    void bind(Runnable other) {}

    @Override
    public void run() {}
}
