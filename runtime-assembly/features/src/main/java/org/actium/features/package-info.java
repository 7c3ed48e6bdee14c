/** Features: named sets of bundles, the source of every assembly and of every test that starts a container. */
package org.actium.features;
