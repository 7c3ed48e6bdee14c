package org.actium.benchmarks.objects;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** How many bytes an idle object takes beyond its own fields; prints that number. Run with a heap of 512 MiB. */
public final class Memory {

    static final int OBJECTS = 1_000_000;

    private Memory() {}

    /** Has no fields: its own object is counted among what it takes. */
    public static class Idle implements Serializable {
        private static final long serialVersionUID = 1;

        public int touch() {
            return 1;
        }
    }

    public static void main(String[] arguments) {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : OBJECTS;
        try (Ours ours = new Ours()) {
            List<Idle> made = new ArrayList<>(count);
            made.add(ours.newActive(Idle.class));
            long before = used();
            for (int i = 1; i < count; i++) {
                made.add(ours.newActive(Idle.class));
            }
            made.forEach(Idle::touch);
            System.out.println((used() - before) / (count - 1));
            made.getFirst().touch();
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
