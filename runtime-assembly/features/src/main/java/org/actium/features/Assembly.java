package org.actium.features;

import java.util.List;

/**
 * What a container of a distribution is made of; the launcher reads it.
 *
 * @param features those it was composed from, with all they require, in order
 * @param bundles in the order in which they start
 */
record Assembly(String name, List<String> features, List<StartedBundle> bundles) {

    /** @param file relative to the directory of the distribution */
    record StartedBundle(String file, int startLevel) {}
}
