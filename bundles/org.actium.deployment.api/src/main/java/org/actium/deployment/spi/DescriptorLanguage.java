package org.actium.deployment.spi;

import java.util.Optional;
import org.actium.deployment.api.DescriptorSource;
import org.actium.deployment.model.Descriptor;
import org.osgi.annotation.versioning.ProviderType;

/** What can be done with a descriptor beside deploying it. Any thread may call it; calls do not affect each other. */
@ProviderType
public interface DescriptorLanguage {

    /**
     * Writes a descriptor of any dialect in Actium's own language, with its variables and comments. Replaces no variable
     * and opens no file that the descriptor names.
     *
     * @throws org.actium.deployment.model.DescriptorException if it holds what the language does not have
     */
    String convert(DescriptorSource source);

    /** What an element of the language means, for people; empty if there is none of this name. */
    Optional<String> explain(String element);

    /** What an id of a descriptor stands for, for people; empty if nothing in it is called so. */
    Optional<String> explain(String id, Descriptor descriptor);
}
