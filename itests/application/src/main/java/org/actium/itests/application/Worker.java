package org.actium.itests.application;

import java.io.Serializable;
import java.util.concurrent.CountDownLatch;
import org.actium.object.api.ActiveContext;

/** Knows where it runs, counts, and can be held in the middle of a call. */
public class Worker implements Serializable {

    private static final long serialVersionUID = 1;

    private int count;

    /** A result that can be stood in for. */
    public static class Report implements Serializable {
        private static final long serialVersionUID = 1;
        private String text;

        public Report() {}

        public Report(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public void add(int amount) {
        count += amount;
    }

    public int count() {
        return count;
    }

    public Report report() {
        return new Report(Integer.toString(count));
    }

    public long process() {
        return ProcessHandle.current().pid();
    }

    public String node() {
        return ActiveContext.current().node().name();
    }

    /** A property of the node as the node's own runtime sees it; {@code null} if it is not set. */
    public String nodeProperty(String key) {
        return ActiveContext.current().node().property(key).orElse(null);
    }

    /** Never returns by itself. */
    public Report hang() throws InterruptedException {
        new CountDownLatch(1).await();
        return report();
    }

    /** Never returns by itself, and declares nothing, so that a caller goes on. */
    public Report hangQuietly() {
        try {
            return hang();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return report();
        }
    }

    public Report fail(String message) {
        throw new IllegalStateException(message);
    }

    /** Calls another active object, which may be on another runtime. */
    public Report ask(Worker other) {
        return other.report();
    }
}
