package org.actium.deployment.model;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What an element of a descriptor means, as an immutable record. Each kind belongs to the bundle that reads and acts
 * on it.
 */
@ConsumerType
public interface DescriptorElement {

    /** The XML element it comes from, in its present spelling: {@code jvmProcess}. */
    String elementName();
}
