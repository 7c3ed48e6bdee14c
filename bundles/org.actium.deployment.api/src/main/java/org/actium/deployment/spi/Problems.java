package org.actium.deployment.spi;

import org.actium.deployment.model.SourcePosition;
import org.osgi.annotation.versioning.ProviderType;

/** Collects what is wrong with a descriptor, so that all of it can be reported at once. */
@ProviderType
public interface Problems {

    void report(SourcePosition at, String message);
}
