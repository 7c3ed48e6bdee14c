package org.actium.deployment.model;

import java.util.List;
import java.util.Objects;

/** Files to carry to nodes, or back. */
public record FileTransferDefinition(String id, List<Item> items, SourcePosition at) {

    public FileTransferDefinition {
        Objects.requireNonNull(id, "id");
        items = List.copyOf(items);
        Objects.requireNonNull(at, "at");
    }

    /** A file or a directory. */
    public sealed interface Item {
        String source();

        String destination();
    }

    public record SingleFile(String source, String destination) implements Item {}

    /**
     * A directory with all in it.
     *
     * @param includes pattern of names to carry
     * @param excludes pattern of names to leave; empty text for none
     */
    public record Directory(String source, String destination, String includes, String excludes) implements Item {}
}
