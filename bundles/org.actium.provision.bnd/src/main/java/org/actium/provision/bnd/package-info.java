/** Makes bundles of plain jars. */
package org.actium.provision.bnd;
