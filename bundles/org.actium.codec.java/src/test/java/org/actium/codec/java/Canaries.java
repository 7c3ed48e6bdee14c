package org.actium.codec.java;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Harmless classes that tell when anything of theirs runs, be it only that they are initialized. */
final class Canaries {

    /** What has run. */
    static final List<String> SUNG = Collections.synchronizedList(new ArrayList<>());

    private Canaries() {}

    private static void sing(String song) {
        SUNG.add(song);
    }

    static final class Reading implements Serializable {
        private static final long serialVersionUID = 1;

        static {
            sing("Reading is initialized");
        }

        private void readObject(ObjectInputStream in) {
            sing("readObject");
        }
    }

    static final class Resolving implements Serializable {
        private static final long serialVersionUID = 1;

        static {
            sing("Resolving is initialized");
        }

        private Object readResolve() {
            sing("readResolve");
            return this;
        }
    }

    public static final class Outward implements Externalizable {
        static {
            sing("Outward is initialized");
        }

        public Outward() {
            sing("constructor of an Externalizable");
        }

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {
            sing("readExternal");
        }
    }

    /** Its constructor runs when a subclass is read that is serializable. */
    static class Unserializable {
        Unserializable() {
            sing("constructor of a superclass");
        }
    }

    static final class Plain extends Unserializable implements Serializable {
        private static final long serialVersionUID = 1;
        private int number = 1;

        static {
            sing("Plain is initialized");
        }

        @Override
        public int hashCode() {
            sing("hashCode");
            return number;
        }

        @Override
        public boolean equals(Object other) {
            sing("equals");
            return other instanceof Plain;
        }
    }

    record Recorded(int number) implements Serializable, Comparable<Recorded> {
        static {
            sing("Recorded is initialized");
        }

        Recorded {
            sing("constructor of a record");
        }

        @Override
        public int compareTo(Recorded other) {
            sing("compareTo");
            return 0;
        }
    }

    enum Choice {
        ONE;

        static {
            sing("Choice is initialized");
        }
    }

    static final class Comparing implements Comparator<Object>, Serializable {
        private static final long serialVersionUID = 1;

        static {
            sing("Comparing is initialized");
        }

        @Override
        public int compare(Object one, Object other) {
            sing("compare");
            return 0;
        }
    }

    static final class Failing extends RuntimeException {
        private static final long serialVersionUID = 1;

        static {
            sing("Failing is initialized");
        }

        private void readObject(ObjectInputStream in) throws IOException {
            sing("readObject of an exception");
        }
    }
}
