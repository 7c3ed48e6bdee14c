package org.actium.features;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A bundle as a feature names it. The version is not here: it is pinned once for the whole build, in the root pom.
 *
 * @param id {@code groupId:artifactId}
 */
public record BundleId(String id) {

    /** @throws IllegalArgumentException if the id has no group, no artifact, or says more than these two */
    @JsonCreator
    public BundleId(@JsonProperty("id") String id) {
        if (id == null || !id.matches("[\\w.-]+:[\\w.-]+")) {
            throw new IllegalArgumentException("'" + id + "' is not groupId:artifactId");
        }
        this.id = id;
    }

    public String groupId() {
        return id.substring(0, id.indexOf(':'));
    }

    public String artifactId() {
        return id.substring(id.indexOf(':') + 1);
    }

    @Override
    public String toString() {
        return id;
    }
}
