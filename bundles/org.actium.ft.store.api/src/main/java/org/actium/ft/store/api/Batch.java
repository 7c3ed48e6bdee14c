package org.actium.ft.store.api;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Changes that are made together or not at all.
 *
 * @param fences what has to hold before the first of them; a compare-and-set is a fence and a change of the same thing
 * @param changes in the order in which they are made
 */
public record Batch(List<Fence> fences, List<Change> changes) implements Serializable {

    public Batch {
        fences = List.copyOf(fences);
        changes = List.copyOf(changes);
    }

    /** Changes that nobody else can be in the way of. */
    public static Batch of(Change... changes) {
        return new Batch(List.of(), List.of(changes));
    }

    public Batch fencedBy(Fence... more) {
        return new Batch(Stream.concat(fences.stream(), Stream.of(more)).toList(), changes);
    }

    public Batch and(Change... more) {
        return new Batch(
                fences, Stream.concat(changes.stream(), Stream.of(more)).toList());
    }
}
