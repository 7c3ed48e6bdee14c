package org.actium.exports;

import java.io.Serializable;
import java.util.List;

/**
 * An exported object, as its runtime tells others of it.
 *
 * @param contracts names of its interface and of those that it extends, its own first
 */
record Found(ExportRef ref, List<String> contracts) implements Serializable {

    Found {
        contracts = List.copyOf(contracts);
    }
}
