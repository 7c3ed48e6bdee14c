/** Ships bundles between runtimes. */
package org.actium.provision;
