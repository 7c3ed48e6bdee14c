package org.actium.features;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * A named set of bundles, as {@code features/<name>.json} writes it. The shape is that of an OSGi feature, without
 * versions and with what it requires.
 *
 * @param requires names of features without which this one does not resolve
 * @param startLevel at which its bundles start; within a level they start in the order of the list
 */
public record Feature(String name, String description, List<String> requires, int startLevel, List<BundleId> bundles) {

    @JsonCreator
    public Feature(
            @JsonProperty(value = "name", required = true) String name,
            @JsonProperty(value = "description", required = true) String description,
            @JsonProperty(value = "requires", required = true) List<String> requires,
            @JsonProperty(value = "startLevel", required = true) int startLevel,
            @JsonProperty(value = "bundles", required = true) List<BundleId> bundles) {
        this.name = Objects.requireNonNull(name, "name");
        this.description = Objects.requireNonNull(description, "description");
        this.requires = List.copyOf(requires);
        this.startLevel = startLevel;
        this.bundles = List.copyOf(bundles);
    }
}
