package org.actium.ft.core.protocol;

import java.io.Serializable;
import java.util.Objects;
import org.actium.runtime.api.RuntimeAddress;

/** Who sends and receives: its requests are numbered together. */
public sealed interface Party extends Serializable {

    /** All that is gone if it is. */
    Party together();

    /** A fault-tolerant object. Where it lives is asked of the server. */
    record Recoverable(String id) implements Party {
        public Recoverable {
            Objects.requireNonNull(id, "id");
        }

        @Override
        public Party together() {
            return this;
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /**
     * Somebody who is not recovered; it is gone when its runtime is.
     *
     * @param instance which one of those that had this name in its runtime one after the other, each of which numbers its
     *     requests from 1; {@link #ANY} for whichever there is, to whom requests go
     */
    record Outside(RuntimeAddress home, String instance, String name) implements Party {

        public static final String ANY = "";

        public Outside {
            Objects.requireNonNull(home, "home");
            Objects.requireNonNull(instance, "instance");
            Objects.requireNonNull(name, "name");
        }

        @Override
        public Outside together() {
            return new Outside(home, instance, "");
        }

        /** Wherever its runtime can be dialled by now. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Outside same
                    && same.home.id().equals(home.id())
                    && same.instance.equals(instance)
                    && same.name.equals(name);
        }

        @Override
        public int hashCode() {
            return Objects.hash(home.id(), instance, name);
        }

        @Override
        public String toString() {
            return name + " at " + home.name();
        }
    }
}
