package org.actium.deployment.core;

import java.nio.file.Path;
import org.actium.provision.api.Provisioner;
import org.actium.runtime.api.RuntimeAddress;

/** A provisioner of bundles that nobody updates. */
@FunctionalInterface
interface Bringing extends Provisioner {

    @Override
    default void renew(RuntimeAddress target, String bundle, String version, boolean force) {
        throw new UnsupportedOperationException("nothing is updated here");
    }

    @Override
    default Path jar(String bundle, String version) {
        throw new UnsupportedOperationException("there are no jars here");
    }
}
