package org.actium.exports;

import java.io.Serializable;
import java.util.Objects;
import org.actium.runtime.api.RuntimeAddress;

/**
 * What stands for the stub of an exported object in a message.
 *
 * @param id never used again on that runtime
 * @param contract name of its interface
 */
record ExportRef(RuntimeAddress runtime, long id, String contract) implements Serializable {

    ExportRef {
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(contract, "contract");
    }

    boolean isSameObject(ExportRef other) {
        return id == other.id && runtime.id().equals(other.runtime.id());
    }

    @Override
    public String toString() {
        return contract.substring(contract.lastIndexOf('.') + 1) + " " + id + " on " + runtime.name();
    }
}
