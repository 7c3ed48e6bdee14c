package org.actium.deployment.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Virtual machines that one technology starts.
 *
 * @param technology the element it comes from
 * @param hypervisors URLs of who starts them
 * @param user as whom to ask; the password of the descriptor is not kept
 */
public record VirtualMachines(
        String id,
        String technology,
        List<String> hypervisors,
        Optional<String> user,
        List<Image> images,
        SourcePosition at) {

    public VirtualMachines {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(technology, "technology");
        hypervisors = List.copyOf(hypervisors);
        Objects.requireNonNull(user, "user");
        images = List.copyOf(images);
        Objects.requireNonNull(at, "at");
    }

    /**
     * What to start.
     *
     * @param key what the hypervisor calls it
     * @param count how many of it
     * @param system the operating system, as the descriptor says it
     */
    public record Image(String key, int count, Optional<String> system) {}
}
