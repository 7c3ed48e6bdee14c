package org.actium.features;

import java.util.List;

/** A feature as a distribution holds it: with the version and the file of each bundle. */
record AssembledFeature(
        String name, String description, List<String> requires, int startLevel, List<BundleFile> bundles) {

    /**
     * @param id {@code groupId:artifactId:version}
     * @param file relative to the directory of the distribution
     */
    record BundleFile(String id, String file) {

        BundleId bundle() {
            return new BundleId(id.substring(0, id.lastIndexOf(':')));
        }

        String version() {
            return id.substring(id.lastIndexOf(':') + 1);
        }
    }

    Feature feature() {
        return new Feature(
                name,
                description,
                requires,
                startLevel,
                bundles.stream().map(BundleFile::bundle).toList());
    }
}
