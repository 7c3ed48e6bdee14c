/** Active objects in unit tests: real runtimes, real links, no framework. */
package org.actium.testkit;
