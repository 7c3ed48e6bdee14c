/** {@code actium validate}, {@code convert} and {@code explain}: with a container, and without. */
package org.actium.deployment.descriptor.command;
