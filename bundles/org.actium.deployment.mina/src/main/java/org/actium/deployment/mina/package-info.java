/** An ssh client in this JVM: what the first hop of a way goes through if the administrator says so. */
package org.actium.deployment.mina;
