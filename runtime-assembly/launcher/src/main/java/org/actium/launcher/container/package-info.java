/** Containers: a framework with the bundles of an assembly. */
package org.actium.launcher.container;
