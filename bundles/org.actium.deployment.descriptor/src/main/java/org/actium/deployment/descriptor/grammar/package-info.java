/** The grammar of descriptors, read from {@code descriptors/actium-deployment.xsd}. */
package org.actium.deployment.descriptor.grammar;
