package org.actium.deployment.spi;

import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.Descriptor;
import org.osgi.annotation.versioning.ProviderType;

/** Turns the text of a descriptor into the model. Any thread may call it; calls do not affect each other. */
@ProviderType
public interface DescriptorReader {

    /**
     * Reads the descriptor, replaces its variables and resolves its references. Starts nothing, loads no class; opens
     * no file but those the descriptor includes.
     *
     * @throws org.actium.deployment.model.DescriptorException with everything that is wrong with it
     */
    Descriptor read(DescriptorSource source);
}
